"""Official assessments over a study: their forms, what they are given, and their runs."""

from zhishu.study.assessing.form import form_of
from zhishu.study.assessing.run import Round, assessment_of, form, run_assessment

__all__ = ["Round", "assessment_of", "form", "form_of", "run_assessment"]
