"""``zhishu account``: one-time links, tokens and sessions, for whoever runs the machine; secrets are shown once."""

from typing import TYPE_CHECKING

import click

from zhishu.surfaces.cli.out import json_option, language, write_json, write_table

if TYPE_CHECKING:
    from zhishu.office import Office

_BASE = click.option(
    "--base", default="http://127.0.0.1:8000", show_default=True, help="网站地址 · address of the site"
)
_LEDGER = click.option("--ledger", "where", default=None, help="登记簿：文件或数据库地址 · the ledger: a file or a URL")


@click.group("account", help="账号：一次性链接、令牌、登录 · accounts: one-time links, tokens, sessions")
def command() -> None:
    """Who can run this on the machine may let people in; what was done is not on the record of the office."""


@command.command("setup-link", help="首次设置的链接 · the link that sets up the first administrator")
@_LEDGER
@_BASE
def setup_link(where: str | None, base: str) -> None:
    """Print the link once, while there is no administrator."""
    from zhishu.errors import Problem, ZhishuError
    from zhishu.surfaces.web.office.door import setup_address
    from zhishu.terms import Text

    address = setup_address(_office(where), base.rstrip("/"))
    if address is None:
        what = Text("已有管理员", "there is an administrator already")
        repair = Text("用 account reset-link", "use account reset-link")
        raise ZhishuError([Problem("office-founded", "account", what, repair)])
    click.echo(address)


@command.command("reset-link", help="设置新密码的链接 · the link by which an account sets a new password")
@click.argument("account")
@_LEDGER
@_BASE
def reset_link(account: str, where: str | None, base: str) -> None:
    """Print the link once; an earlier one is void."""
    from zhishu.access.links import INVITE, new_link

    office = _office(where)
    _known(office, account)
    click.echo(f"{base.rstrip('/')}/invite/{new_link(office.ledger.engine, account, INVITE, office.now())}")


@command.command("tokens", help="一个账号的令牌 · the tokens of an account")
@click.argument("account")
@_LEDGER
@json_option
def tokens(account: str, where: str | None, as_json: bool) -> None:
    """List names, rights and ends; secrets are not kept."""
    from zhishu.access.tokens import tokens_of

    office = _office(where)
    _known(office, account)
    found = tokens_of(office.ledger.engine, account)
    if as_json:
        listed = [
            {"name": t.name, "rights": list(t.rights), "expires_at": t.expires_at, "revoked": t.revoked} for t in found
        ]
        write_json({"schema": 1, "account": account, "tokens": listed})
        return
    zh = language() == "zh"
    header = ("名称", "权限", "到期", "已撤销") if zh else ("name", "rights", "expires", "revoked")
    yes = "是" if zh else "yes"
    rows = [[t.name, " ".join(t.rights), t.expires_at[:10], yes if t.revoked else ""] for t in found]
    write_table(account, header, rows)


@command.command("end-sessions", help="结束一个账号的全部登录 · end every session of an account")
@click.argument("account")
@_LEDGER
def end(account: str, where: str | None) -> None:
    """End them at once and say how many there were."""
    from zhishu.access.sessions import end_sessions

    office = _office(where)
    _known(office, account)
    count = end_sessions(office.ledger.engine, account)
    click.echo(f"已结束 {count} 个登录" if language() == "zh" else f"{count} sessions ended")


def _office(where: str | None) -> "Office":
    from zhishu.office import open_office
    from zhishu.surfaces.home import own_ledger
    from zhishu.surfaces.opening import opened

    return open_office(opened(with_systems=False), own_ledger(where))


def _known(office: "Office", account: str) -> None:
    from zhishu.errors import Problem, ZhishuError
    from zhishu.terms import Text

    found = office.account(account)
    if found is None or found.disabled:
        what = Text(f"没有账号 {account}，或已停用", f"no account {account}, or it is disabled")
        raise ZhishuError([Problem("account-unknown", "account", what, Text("核对编号", "check the id"))])
