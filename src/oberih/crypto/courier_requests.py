"""The courier's signed calls to the front: method, path, body, time, nonce and fencing number.

A signature says that the desk made exactly this request. That the time is near, the nonce new and
the fence not lower than before is the front's to check: only it remembers.
"""

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from oberih.core import canonical
from oberih.core.errors import Refused

LABEL = b"oberih/1/courier\0"
TIME_HEADER = "X-Oberih-Time"
NONCE_HEADER = "X-Oberih-Nonce"
FENCE_HEADER = "X-Oberih-Fence"
SIGNATURE_HEADER = "X-Oberih-Signature"


class NotTheCourier(Refused):
    """This request was not signed by the desk."""


@dataclass(frozen=True, slots=True)
class CourierRequest:
    """`path` with its query; `body_sha256` in hex; `time` in Unix seconds; `nonce` 32 hex letters.

    For `publish` the path is `publish_path` of the target: a header alone would not be signed.
    """

    method: str
    path: str
    body_sha256: str
    time: int
    nonce: str
    fence: int


def publish_path(target: str) -> str:
    """Return the path to sign when publishing: the target must not be exchangeable."""
    return f"/api/courier/publish#{target}"


def sign_request(request: CourierRequest, *, key: Ed25519PrivateKey) -> str:
    """Return the signature in hex."""
    return key.sign(_signed(request)).hex()


def verify_request(request: CourierRequest, *, signature: str, key: bytes) -> None:
    """Raise NotTheCourier unless the desk signed exactly this request."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(signature), _signed(request))
    except (InvalidSignature, ValueError):
        raise NotTheCourier from None


def _signed(request: CourierRequest) -> bytes:
    return LABEL + canonical.encode(
        {
            "method": request.method,
            "path": request.path,
            "body_sha256": request.body_sha256,
            "time": request.time,
            "nonce": request.nonce,
            "fence": request.fence,
        }
    )
