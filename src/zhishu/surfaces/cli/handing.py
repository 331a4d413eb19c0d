"""Handing a table in from the command line, in the name of a token."""

import os
from pathlib import Path

import click

from zhishu.access.tokens import find_token
from zhishu.coordinate.submissions import Submission, make_id, read_submission
from zhishu.ledger import Entry
from zhishu.office import Upload, open_office
from zhishu.office.handing import Handed, look
from zhishu.pack.office import RoleRights
from zhishu.surfaces.home import own_ledger
from zhishu.surfaces.opening import opened
from zhishu.terms import Text


def hand_in(
    profile: str, period: str, unit: str, file: Path, where: str | None, asked: tuple[str, str, str]
) -> tuple[Handed, Entry | None]:
    """Return what a table says and the entry of its upload, None where it was refused or says nothing new.

    ``asked`` is note, day published, reason. Raises click.UsageError without a token that holds, ZhishuError with
    what the office refuses.
    """
    study = opened(with_systems=False)
    office = open_office(study, own_ledger(where))
    token = find_token(office.ledger.engine, os.environ.get("ZHISHU_TOKEN", ""), office.now())
    if token is None:
        raise click.UsageError(
            "ZHISHU_TOKEN 里没有有效的令牌；在网页“我的账号”生成 · no token that holds in ZHISHU_TOKEN; make one at /me"
        )
    stream = f"submission/{make_id(profile, period, unit)}"
    state = office.state(stream)
    submission = state if isinstance(state, Submission) else read_submission(stream.partition("/")[2])
    handed = look(office, study, submission, Upload(file.name, file.read_bytes()), office.today())
    if not handed.takes:
        return handed, None
    wish = handed.wish(stream, office.projection.versions.get(stream, 0), *asked)
    return handed, office.act(token.account, wish, RoleRights("token", Text(token.name, token.name), token.rights))
