"""The entry point: a table of commands, each loaded only when it is called."""

import sys
from importlib import import_module

import click

# name → module, then the help line: kept here so that --help loads no command
COMMANDS: dict[str, tuple[str, str]] = {
    "targets": ("targets", "判定全部目标 · judge every target as of a date"),
    "warnings": ("warnings", "预警 · figures beyond a line, since when, on what evidence"),
    "why": ("why", "一个数为什么是这样 · why a number is what it is"),
    "measure": ("measure", "指标的数值 · values of an indicator"),
    "score": ("score", "按方案评分 · score a scheme or an assessment"),
    "compare": ("compare", "两次考核逐单位对比 · two runs of an assessment side by side"),
    "sensitivity": ("sensitivity", "名次有多稳 · how sure the ranks of an assessment are"),
    "audit": ("audit", "方案有哪些弱点 · what weakens an assessment or a scheme"),
    "reach": ("reach", "达到某分或某名次需要什么 · what a unit would need for a total or a rank"),
    "index": ("index", "由一张表算指数 · an index from one table, and how sure it is"),
    "methods": ("methods", "评分方法：公式、出处、算例 · methods of scoring: formula, source, example"),
    "systems": ("systems", "系统目录与等级 · the systems and their levels"),
    "describe": ("describe", "系统的输入输出契约 · the contract of a system"),
    "template": ("template", "系统或考核的 Excel 表样 · the Excel form of a system or an assessment"),
    "run": ("run", "运行一个系统 · run a system on a case"),
    "judge": ("judge", "按规则册判定一件或整册 · a rule book on a case or a register"),
    "rules": ("rules", "规则册：列出、看、试、查表 · rule books: list, show, test, check tables"),
    "promises": ("promises", "承诺与状态 · promises and their states"),
    "coverage": ("coverage", "覆盖情况 · what is covered"),
    "regions": ("regions", "地区及沿革 · regions and their lineage"),
    "source": ("source", "决定原文：附上、核对、查看 · the text: attach, verify, show"),
    "data": ("data", "自有数据：核对、加入、移除 · your own figures: check, add, remove"),
    "ledger": ("ledger", "登记簿：核验、检查点、备份、恢复 · the ledger: verify, sign, back up, restore"),
    "intake": ("intake", "统计表：按样式核对、取表样 · tables of offices: preview, forms"),
    "check": ("check", "检查战略包与例子 · check the pack and its examples"),
    "office": ("office", "办公：登记今天的提醒 · the office: record today's reminders"),
    "account": ("account", "账号：一次性链接、令牌、登录 · accounts: links, tokens, sessions"),
    "serve": ("serve", "打开网页 · serve the pages on this machine"),
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"zhishu.surfaces.cli.{COMMANDS[cmd_name][0]}")
        command = getattr(module, "command", None)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command, or fail with the nearest names."""
        from zhishu.errors import did_you_mean

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = did_you_mean(args[0], COMMANDS)
            ctx.fail(f"没有命令 {args[0]}；{hint.zh} · no command {args[0]}; {hint.en}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table without loading any command."""
        with formatter.section("Commands · 命令"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhishu")
def cli() -> None:
    """治蜀 zhishu：把发展战略变成可以运行、可以追问的系统。

    A development strategy as a running system: promises, figures, verdicts, and why.
    """


def main() -> None:
    """Run the command line; problems go to stderr and give exit code 1."""
    import gc

    from zhishu.errors import ZhishuError

    # a pack is a few hundred thousand objects that all stay: looking through them while they load is wasted
    gc.set_threshold(100_000, 20, 20)
    try:
        code = cli(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except ZhishuError as error:
        from zhishu.surfaces.cli.out import show_problems, write_json

        if "--json" in sys.argv[1:]:
            write_json({"schema": 1, "problems": [p.to_json() for p in error.problems]})
        show_problems(error.problems)
        sys.exit(1)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
