"""The parts of an OFD package and the zip around them. The same package gives the same bytes.

Parts and their order follow GB/T 33190-2016 chapters 7 and 13 … 19 and the e-invoice packages of 2020.
"""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from samples.ofd.page import FONT_NAMES, NAMESPACE, PageBuilder, page_xml, png, xml
from samples.ofd.sm3 import sm3
from samples.runs import Ink, Mark, Picture

_INVOICE_FORM = "1.0.20.0422"


@dataclass(frozen=True)
class Annotated:
    """Seals that hang on the page as annotations with an appearance (GB/T 33190, chapter 15)."""

    pictures: tuple[Picture, ...]
    type: str = "Stamp"


@dataclass(frozen=True)
class Signed:
    """One seal that is the stamp of a signature over all parts (chapter 18); its value is made up, its digests are right."""

    picture: Picture


@dataclass
class Package:
    """What goes into the file. Pages are (marks behind, marks in front, (width, height) mm); those behind become a template."""

    doc_id: str
    created: datetime
    pages: list[tuple[list[Mark], list[Mark], tuple[float, float]]]
    builder: PageBuilder
    custom: Mapping[str, str] = field(default_factory=dict)
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    tag: str = ""
    """The XML of the custom tag; ``{name}`` stands where the references to the runs of that name go."""
    seals: Annotated | Signed | None = None
    author: str = "China Tax"
    creator: str = ""
    form_ink: Ink = (156, 82, 35)
    later: list[list[Mark]] = field(default_factory=list)
    """Marks that an editor put on page N after signing."""


def write_package(package: Package, path: Path) -> None:
    parts = _parts(package)
    path.parent.mkdir(parents=True, exist_ok=True)
    moment = package.created
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (max(1980, moment.year), moment.month, moment.day, moment.hour, moment.minute, moment.second // 2 * 2))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            out.writestr(entry, data)


def _parts(package: Package) -> dict[str, bytes]:
    build = package.builder
    parts: dict[str, bytes] = {}
    templates: list[tuple[int, str]] = []
    pages: list[tuple[int, str]] = []
    layers: list[str] = []
    for i, (behind, front, size) in enumerate(package.pages):
        template = 2 + 2 * i if behind else None
        if template is not None:
            parts[f"Doc_0/Tpls/Tpl_{i}/Content.xml"] = page_xml(build.layer(behind), size, area=False)
            templates.append((template, f"Tpls/Tpl_{i}/Content.xml"))
        layers.append(build.layer(front))
        parts[f"Doc_0/Pages/Page_{i}/Content.xml"] = page_xml(layers[i], size, template=template)
        pages.append((1 + 2 * i, f"Pages/Page_{i}/Content.xml"))
    if isinstance(package.seals, Annotated):
        parts |= _annotations(package.seals, build, pages[0][0])
    if package.attachments:
        parts |= _attachments(package.attachments, package.created)
    if package.tag:
        parts["Doc_0/Tags/CustomTags.xml"] = xml(
            f'<ofd:CustomTags {NAMESPACE}><ofd:CustomTag TypeID="fp"><ofd:FileLoc>CustomTag.xml</ofd:FileLoc></ofd:CustomTag></ofd:CustomTags>'
        )
        parts["Doc_0/Tags/CustomTag.xml"] = xml(_referred(package.tag, build.tagged, pages[0][0]))
    parts |= _resources(build)
    parts["Doc_0/Document.xml"] = _document(package, templates, pages)
    parts["OFD.xml"] = _root(package)
    if isinstance(package.seals, Signed):
        parts |= _signature(package.seals, parts, pages[0][0], package)
    for i, marks in enumerate(package.later):
        if marks:
            behind, _, size = package.pages[i]
            more = layers[i] + build.layer(marks)
            parts[f"Doc_0/Pages/Page_{i}/Content.xml"] = page_xml(more, size, template=2 + 2 * i if behind else None)
            parts["Doc_0/PublicRes.xml"] = _resources(build)["Doc_0/PublicRes.xml"]
    return parts


def _referred(tag: str, tagged: Mapping[str, Sequence[int]], page: int) -> str:
    out = tag
    for name, ids in tagged.items():
        out = out.replace(f"{{{name}}}", "".join(f'<ofd:ObjectRef PageRef="{page}">{i}</ofd:ObjectRef>' for i in ids))
    return out


def _annotations(seals: Annotated, build: PageBuilder, page: int) -> dict[str, bytes]:
    body = ""
    for picture in seals.pictures:
        image = build.image(picture, 0, 0, ' BlendMode="Darken"')
        place = f"{picture.x:.3f} {picture.y:.3f} {picture.width:.3f} {picture.height:.3f}"
        body += f'<ofd:Annot Type="{seals.type}" ID="{build.ids()}" Subtype="{seals.type}"><ofd:Appearance Boundary="{place}">{image}</ofd:Appearance></ofd:Annot>'
    return {
        "Doc_0/Annots/Annotations.xml": xml(
            f'<ofd:Annotations {NAMESPACE}><ofd:Page PageID="{page}"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
        ),
        "Doc_0/Annots/Page_0/Annotation.xml": xml(f"<ofd:PageAnnot {NAMESPACE}>{body}</ofd:PageAnnot>"),
    }


def _attachments(attachments: Mapping[str, bytes], moment: datetime) -> dict[str, bytes]:
    rows = "".join(
        f'<ofd:Attachment ID="{90 + i}" Name="{escape(name)}" Format="xml" CreationDate="{moment:%Y-%m-%dT%H:%M:%S}" Size="{len(data) / 1024:.4f}" '
        f'Visible="false"><ofd:FileLoc>{escape(name)}.xml</ofd:FileLoc></ofd:Attachment>'
        for i, (name, data) in enumerate(attachments.items())
    )
    parts = {"Doc_0/Attachs/Attachments.xml": xml(f"<ofd:Attachments {NAMESPACE}>{rows}</ofd:Attachments>")}
    return parts | {f"Doc_0/Attachs/{name}.xml": data for name, data in attachments.items()}


def _resources(build: PageBuilder) -> dict[str, bytes]:
    fonts = ""
    for face, number in build.fonts.items():
        chinese, english = FONT_NAMES[face]
        name = english if build.english else chinese
        fonts += f'<ofd:Font ID="{number}" FontName="{name}" FamilyName="{name}"/>'
    spaces = '<ofd:ColorSpaces><ofd:ColorSpace ID="99" Type="RGB" BitsPerComponent="8"/></ofd:ColorSpaces>'
    media = "".join(
        f'<ofd:MultiMedia ID="{number}" Type="Image" Format="PNG"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>' for number, name, _ in build.media
    )
    parts = {
        "Doc_0/PublicRes.xml": xml(f'<ofd:Res {NAMESPACE} BaseLoc="Res">{spaces}<ofd:Fonts>{fonts}</ofd:Fonts></ofd:Res>'),
        "Doc_0/DocumentRes.xml": xml(f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>'),
    }
    return parts | {f"Doc_0/Res/{name}": data for _, name, data in build.media}


def _document(package: Package, templates: Sequence[tuple[int, str]], pages: Sequence[tuple[int, str]]) -> bytes:
    width, height = package.pages[0][2]
    behind = "".join(f'<ofd:TemplatePage ID="{i}" BaseLoc="{at}"/>' for i, at in templates)
    front = "".join(f'<ofd:Page ID="{i}" BaseLoc="{at}"/>' for i, at in pages)
    more = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>" if isinstance(package.seals, Annotated) else ""
    more += "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if package.attachments else ""
    more += "<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>" if package.tag else ""
    return xml(
        f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>{package.builder.ids()}</ofd:MaxUnitID>{behind}<ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 {width:g} {height:g}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        f"<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>{front}</ofd:Pages>{more}</ofd:Document>"
    )


def _root(package: Package) -> bytes:
    said = {"template-version": _INVOICE_FORM, **package.custom}
    custom = "".join(f'<ofd:CustomData Name="{escape(name)}">{escape(text)}</ofd:CustomData>' for name, text in said.items())
    creator = f"<ofd:Creator>{escape(package.creator)}</ofd:Creator>" if package.creator else ""
    signs = "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>" if isinstance(package.seals, Signed) else ""
    return xml(
        f'<ofd:OFD {NAMESPACE} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo><ofd:DocID>{package.doc_id}</ofd:DocID>'
        f"<ofd:Author>{escape(package.author)}</ofd:Author><ofd:CreationDate>{package.created:%Y-%m-%d}</ofd:CreationDate>{creator}"
        f"<ofd:CustomDatas>{custom}</ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{signs}</ofd:DocBody></ofd:OFD>"
    )


def _signature(seal: Signed, parts: Mapping[str, bytes], page: int, package: Package) -> dict[str, bytes]:
    rows = "".join(
        f'<ofd:Reference FileRef="/{name}"><ofd:CheckValue>{base64.b64encode(sm3(data)).decode()}</ofd:CheckValue></ofd:Reference>'
        for name, data in parts.items()
    )
    p = seal.picture
    body = (
        f'<ofd:Signature {NAMESPACE}><ofd:SignedInfo><ofd:Provider ProviderName="sample_eseal" Version="2.0" Company="sample"/>'
        f"<ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod><ofd:SignatureDateTime>{package.created:%Y%m%d%H%M%S}Z</ofd:SignatureDateTime>"
        f'<ofd:References CheckMethod="1.2.156.10197.1.401">{rows}</ofd:References>'
        f'<ofd:StampAnnot ID="1" PageRef="{page}" Boundary="{p.x:.2f} {p.y:.2f} {p.width:.2f} {p.height:.2f}"/></ofd:SignedInfo>'
        "<ofd:SignedValue>/Doc_0/Signs/Sign_0/SignedValue.dat</ofd:SignedValue></ofd:Signature>"
    )
    whole = xml(body)
    return {
        "Doc_0/Signs/Signatures.xml": xml(
            f'<ofd:Signatures {NAMESPACE}><ofd:MaxSignId>2</ofd:MaxSignId><ofd:Signature ID="2" BaseLoc="/Doc_0/Signs/Sign_0/Signature.xml"/></ofd:Signatures>'
        ),
        "Doc_0/Signs/Sign_0/Signature.xml": whole,
        "Doc_0/Signs/Sign_0/SignedValue.dat": _seal_value(p, sm3(whole), package.created),
    }


def _seal_value(picture: Picture, digest: bytes, moment: datetime) -> bytes:
    """A signature value shaped like GB/T 38540: the seal with its picture, the time, the digest; nobody's key signed it."""
    head = _der(0x30, _der(0x16, b"ES") + _der(0x02, b"\x04") + _der(0x16, b"sample_eseal"))
    shown = _der(0x30, _der(0x16, b"png") + _der(0x04, png(picture)) + _der(0x02, bytes([round(picture.width)])) + _der(0x02, bytes([round(picture.height)])))
    seal = _der(0x30, head + _der(0x16, b"sample") + shown)
    signed = _der(0x30, _der(0x02, b"\x04") + seal + _der(0x18, f"{moment:%Y%m%d%H%M%S}Z".encode()) + _der(0x03, b"\0" + digest))
    return _der(0x30, signed + _der(0x06, b"\x2a\x81\x1c\xcf\x55\x01\x83\x75") + _der(0x03, b"\0" + sm3(digest) * 2))


def _der(tag: int, body: bytes) -> bytes:
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body
