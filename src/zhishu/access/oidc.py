"""Signing in by an office's own identity provider: OpenID Connect, authorization code with PKCE.

Source: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3.7; PKCE: RFC 7636; metadata: OpenID Connect Discovery 1.0.
The provider says who somebody is; what they may do is on the ledger. Nobody gets an account by signing in.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlencode, urlsplit

from zhishu.access.secret import fresh
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
"""Signatures by a key pair only: a token signed with a shared secret, or with none, is refused."""
LASTS = timedelta(minutes=10)
_LEEWAY = timedelta(minutes=1)
_NAMES = ("ZHISHU_OIDC_ISSUER", "ZHISHU_OIDC_CLIENT", "ZHISHU_OIDC_SECRET", "ZHISHU_OIDC_CLAIM")

Fetch = Callable[[str, Mapping[str, str] | None], bytes]
"""Gets an address, or posts a form to it. Raises OSError where there is no answer of status 200."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider: issuer, the client's id and secret, and the claim that names the account."""

    issuer: str
    client: str
    secret: str
    claim: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A sign-in under way: what its answer must bring back, and where it leads afterwards."""

    state: str
    nonce: str
    verifier: str
    after: str
    since: datetime


def read_provider(settings: Mapping[str, str]) -> Provider | None:
    """Return the provider that settings name (``ZHISHU_OIDC_ISSUER``, ``_CLIENT``, ``_SECRET``, ``_CLAIM``), None without.

    The claim must be one the provider keeps unique and never gives to anybody else; ``sub`` if none is named.
    Raises ZhishuError ``oidc-settings`` or ``oidc-library``.

    >>> read_provider({}) is None
    True
    >>> read_provider({"ZHISHU_OIDC_ISSUER": "https://id.example", "ZHISHU_OIDC_CLIENT": "zhishu"}).claim
    'sub'
    """
    issuer, client, secret, claim = (settings.get(name, "").strip() for name in _NAMES)
    if not issuer and not client:
        return None
    if not client or not _safe(issuer):
        what = Text("统一认证的设置不全，或地址不是 https", "the sign-in provider is not set in full, or not by https")
        repair = Text(
            "设 ZHISHU_OIDC_ISSUER（https 地址）和 ZHISHU_OIDC_CLIENT",
            "set ZHISHU_OIDC_ISSUER (an https address) and ZHISHU_OIDC_CLIENT",
        )
        raise ZhishuError([Problem("oidc-settings", "ZHISHU_OIDC_ISSUER", what, repair)])
    if find_spec("jwt") is None:
        what = Text("没有装核对令牌的库", "the library that checks tokens is not installed")
        repair = Text("安装 zhishu[oidc]", "install zhishu[oidc]")
        raise ZhishuError([Problem("oidc-library", "ZHISHU_OIDC_ISSUER", what, repair)])
    return Provider(issuer.rstrip("/"), client, secret, claim or "sub")


def begin(provider: Provider, fetch: Fetch, back: str, after: str, now: datetime) -> tuple[str, Asked]:
    """Return the provider's address to send the browser to, and what is to be remembered. Raises ``oidc-unreachable``."""
    asked = Asked(fresh(), fresh(), fresh() + fresh(), after, now)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "scope": "openid profile",
        "client_id": provider.client,
        "redirect_uri": back,
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    where = _metadata(provider, fetch, "authorization_endpoint")
    return f"{where}{'&' if '?' in where else '?'}{urlencode(query)}", asked


def finish(provider: Provider, fetch: Fetch, asked: Asked, code: str, back: str, now: datetime) -> str:
    """Return the value of the claim that names the account, from a token that holds in every part.

    Raises ZhishuError ``oidc-unreachable`` or ``oidc-token``.
    """
    if now - asked.since > LASTS:
        raise _no_token("登录用时过长", "the sign-in took too long")
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": provider.client,
        "code_verifier": asked.verifier,
    }
    form |= {"client_secret": provider.secret} if provider.secret else {}
    answer = _json(fetch, _metadata(provider, fetch, "token_endpoint"), form)
    claims = _claims(provider, fetch, str(answer.get("id_token", "")))
    if claims.get("nonce") != asked.nonce:
        raise _no_token("令牌不是为这次登录签发的", "the token was not made for this sign-in")
    begun, ends = claims["iat"], claims["exp"]
    if not begun - _LEEWAY.total_seconds() <= now.timestamp() < ends + _LEEWAY.total_seconds():
        raise _no_token("令牌已过期，或两边时钟不一致", "the token is out of date, or the clocks differ")
    # a token for several audiences must name the one it was made for (section 3.1.3.7, 4 and 5)
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != provider.client:
        raise _no_token("令牌是给别的程序的", "the token was made for another program")
    value = claims.get(provider.claim)
    if not isinstance(value, str) or not value:
        raise _no_token(f"令牌里没有 {provider.claim}", f"the token does not say {provider.claim}")
    return value


def _claims(provider: Provider, fetch: Fetch, token: str) -> dict[str, Any]:
    """Return the claims of a token whose signature, issuer and audience hold."""
    import jwt

    keys = _json(fetch, _metadata(provider, fetch, "jwks_uri"), None)
    try:
        known = jwt.PyJWKSet.from_dict(keys)
        id = jwt.get_unverified_header(token).get("kid")
        key = next(k for k in known.keys if id is None or k.key_id == id)
        # the office's own clock judges the times
        options: Any = {"require": ["iss", "aud", "exp", "iat", "sub"], "verify_exp": False, "verify_iat": False}
        found: dict[str, Any] = jwt.decode(
            token, key, list(ALGORITHMS), options, audience=provider.client, issuer=provider.issuer
        )
        found["iat"], found["exp"] = float(found["iat"]), float(found["exp"])
    except (jwt.PyJWTError, StopIteration, TypeError, ValueError) as error:
        raise _no_token("签名、签发方或受众不符", "its signature, issuer or audience does not hold") from error
    return found


def _metadata(provider: Provider, fetch: Fetch, name: str) -> str:
    found = _json(fetch, f"{provider.issuer}/.well-known/openid-configuration", None)
    where = found.get(name)
    # whoever answers for another issuer is not the one that was set (Discovery, section 4.3)
    if str(found.get("issuer", "")).rstrip("/") != provider.issuer or not isinstance(where, str) or not _safe(where):
        raise _unreachable("答复不是本签发方的", "the answer is not that of the issuer")
    return where


def _json(fetch: Fetch, address: str, form: Mapping[str, str] | None) -> dict[str, Any]:
    try:
        found = json.loads(fetch(address, form))
    except (OSError, ValueError, RecursionError) as error:
        raise _unreachable("没有答复，或答复读不出", "there is no answer, or none that can be read") from error
    if not isinstance(found, dict):
        raise _unreachable("答复读不出", "the answer cannot be read")
    return found


def _safe(address: str) -> bool:
    """Return whether an address is https, or of this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost"))


def _unreachable(zh: str, en: str) -> ZhishuError:
    what = Text(f"统一认证不可用：{zh}", f"the sign-in provider cannot be used: {en}")
    repair = Text("用密码登录，或请管理员核对设置", "sign in by password, or have the settings checked")
    return ZhishuError([Problem("oidc-unreachable", "oidc", what, repair)])


def _no_token(zh: str, en: str) -> ZhishuError:
    what = Text(f"统一认证的答复不成立：{zh}", f"the provider's answer does not hold: {en}")
    repair = Text("重新登录；再不行用密码", "sign in again, or by password")
    return ZhishuError([Problem("oidc-token", "oidc", what, repair)])
