"""Opening the study a surface shows: the shipped pack with the figures the user has added."""

from pathlib import Path

from zhishu.study import Study, open_study
from zhishu.study.added import with_figures
from zhishu.surfaces.figures import stored
from zhishu.surfaces.home import home, pack_folder


def opened(with_systems: bool = True, folder: Path | None = None) -> Study:
    """Return the shipped study, that of a folder or of ZHISHU_PACK, with the user's figures. Raises ZhishuError with what opening and adding find."""
    folder = folder or pack_folder()
    study = open_study(folder, with_systems) if folder else open_study(with_systems=with_systems)
    tables = stored(home(), study.pack.header.id)
    return with_figures(study, tables) if tables else study
