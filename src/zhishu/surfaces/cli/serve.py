"""``zhishu serve``: the pages, on this machine only unless asked otherwise."""

import click

from zhishu.surfaces.cli.out import language


@click.command("serve", help="打开网页 · serve the pages on this machine")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 · address")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口 · port")
@click.option("--ledger", "where", default=None, help="登记簿：文件或数据库地址 · the ledger: a file or a database URL")
@click.option("--public", is_flag=True, help="只开公开页面，不开台账 · public pages only, no office")
def command(host: str, port: int, where: str | None, public: bool) -> None:
    """Load pack and figures, print the address and a summary, and serve."""
    import gc
    import os
    from datetime import date

    import uvicorn

    from zhishu.access.oidc import read_provider
    from zhishu.office import Office, open_office
    from zhishu.study import Study
    from zhishu.study.promises import promise_counts, promise_states
    from zhishu.study.targets import judge_targets
    from zhishu.surfaces.fetch import fetch
    from zhishu.surfaces.home import own_ledger
    from zhishu.surfaces.lines import LOGGING
    from zhishu.surfaces.opening import opened
    from zhishu.surfaces.web.office.door import setup_address
    from zhishu.surfaces.web.office.signon import SignOn
    from zhishu.surfaces.web.served import Served
    from zhishu.terms import VERDICTS

    def enter(study: Study) -> Office:
        gc.disable()  # all that is read of the record is kept: looking through it for garbage would only take time
        try:
            office = open_office(study, own_ledger(where))
            moment = office.moment()
            for kind in moment.known.kinds:
                moment.of_kind(kind)  # drawn now, so that no visitor waits for it
            return office
        finally:
            gc.enable()

    provider = None if public else read_provider(os.environ)
    signon = SignOn(provider, fetch) if provider else None
    served = Served(opened, date.today, None if public else enter, signon)
    study = served.study
    gc.freeze()  # figures once loaded are never garbage: pages need not look through them
    today = served.office.today() if served.office else date.today()
    judged = judge_targets(study, today)
    verdicts = {k: j.verdict for k, (_, j) in judged.items()}
    states = promise_counts(promise_states(study, today, verdicts))
    say = language()
    counted = " · ".join(
        f"{VERDICTS[v].say(say)} {n}" for v in VERDICTS if (n := sum(x == v for x in verdicts.values()))
    )
    if say == "zh":
        click.echo(f"战略包 {study.pack.header.title.zh}：承诺 {sum(states.values())} 项，证实 {states['proven']} 项")
        click.echo(f"目标 {len(judged)} 个：{counted}")
        click.echo(f"打开 http://{host}:{port}/ （Ctrl+C 停止）")
    else:
        click.echo(f"pack {study.pack.header.title.en}: {sum(states.values())} promises, {states['proven']} proven")
        click.echo(f"{len(judged)} targets: {counted}")
        click.echo(f"open http://{host}:{port}/ (Ctrl+C stops)")
    first = setup_address(served.office, f"http://{host}:{port}") if served.office else None
    if first is not None:
        click.echo(
            f"台账还没有管理员。一次性设置链接（24 小时内有效）：{first}"
            if say == "zh"
            else f"the office has no administrator yet; one-time set-up link (24 hours): {first}"
        )
    uvicorn.run(served, host=host, port=port, log_level="warning", access_log=False, log_config=LOGGING)
