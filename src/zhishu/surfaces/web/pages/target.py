"""Placeholder."""

from fastapi import APIRouter

from zhishu.surfaces.web.site import Site


def routes(site: Site) -> APIRouter:
    """Return no routes yet."""
    return APIRouter()
