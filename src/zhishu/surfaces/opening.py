"""Opening the study a surface shows: the shipped pack with the figures the user has added."""

from zhishu.errors import Problem, ZhishuError
from zhishu.study import Study, open_study
from zhishu.study.added import with_figures
from zhishu.surfaces.figures import stored
from zhishu.surfaces.home import home, pack_folder
from zhishu.terms import Text


def opened() -> Study:
    """Return the shipped study, or that of ZHISHU_PACK, with the user's figures. Raises ZhishuError with what opening and adding find."""
    folder = pack_folder()
    if folder is not None and not (folder / "pack.yaml").is_file():
        what = Text(
            f"ZHISHU_PACK 指的目录里没有 pack.yaml：{folder}", f"ZHISHU_PACK names a folder without pack.yaml: {folder}"
        )
        repair = Text("改为战略包的目录，或不设此变量", "name the folder of a pack, or leave the variable unset")
        raise ZhishuError([Problem("pack-missing", str(folder), what, repair)])
    study = open_study(folder) if folder else open_study()
    tables = stored(home(), study.pack.header.id)
    return with_figures(study, tables) if tables else study
