"""An identity provider for tests, in memory: its metadata, its keys, and the tokens it is told to make."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER = "https://id.example"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
KEY = rsa.generate_private_key(65537, 2048)
OTHER = rsa.generate_private_key(65537, 2048)


@dataclass
class FakeProvider:
    """A provider whose answers a test may spoil: ``claims`` replace those of the token, None takes one away."""

    subject: str = "clerk"
    claims: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    algorithm: str = "RS256"
    metadata: dict[str, Any] = field(default_factory=dict)
    now: datetime = NOW
    asked: dict[str, str] = field(default_factory=dict)
    posted: dict[str, str] = field(default_factory=dict)

    def visit(self, address: str) -> str:
        """Do what a browser does at the provider: sign in, and return the state to bring back."""
        self.asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        return self.asked["state"]

    def token(self) -> str:
        """Return the token for the sign-in that was asked for last."""
        at = int(self.now.timestamp())
        claims: dict[str, Any] = {
            "iss": ISSUER, "aud": "zhishu", "sub": self.subject, "nonce": self.asked.get("nonce"), "iat": at, "exp": at + 300,
        }  # fmt: skip
        claims = {k: v for k, v in {**claims, **self.claims}.items() if v is not None}
        return jwt.encode(claims, self.key, self.algorithm, headers={"kid": "one"})

    def fetch(self, address: str, form: Mapping[str, str] | None) -> bytes:
        """Answer as the provider's addresses do; the code is only given for the verifier behind the challenge."""
        path = urlsplit(address).path
        if path.endswith("openid-configuration"):
            found = {
                "issuer": ISSUER, "authorization_endpoint": f"{ISSUER}/authorize", "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/keys", **self.metadata,
            }  # fmt: skip
        elif path == "/keys":
            found = {"keys": [{**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())), "kid": "one"}]}
        else:
            self.posted = dict(form or {})
            digest = hashlib.sha256(self.posted["code_verifier"].encode()).digest()
            if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != self.asked["code_challenge"]:
                raise OSError("400")
            found = {"id_token": self.token()}
        return json.dumps(found).encode()
