"""Issuer, reporting persons, signatures, amendments, the boxes at the head."""

from __future__ import annotations

from tests.checks.mutants.sheet import Sheet, collector

MUTANTS, breaks, _ = collector()

_RELATIONSHIPS = ("is_director", "is_officer", "is_ten_percent_owner", "is_other")


# ---- issuer


@breaks("ISS-001")
def cik_with_letters(sheet: Sheet) -> str | None:
    return sheet.set("issuer.cik", f"CIK{sheet.data['issuer']['cik'][-7:]}")


@breaks("ISS-002")
def no_symbol(sheet: Sheet) -> str | None:
    return sheet.drop("issuer.trading_symbol")


@breaks("ISS-003")
def symbol_none(sheet: Sheet) -> str | None:
    return sheet.set("issuer.trading_symbol", "NONE")


@breaks("ISS-004")
def symbol_with_its_exchange(sheet: Sheet) -> str | None:
    return sheet.set("issuer.trading_symbol", f"NYSE:{sheet.data['issuer']['trading_symbol']}"[:10])


@breaks("ISS-006")
def issuer_is_the_owner(sheet: Sheet) -> str | None:
    sheet.data["owners"][0]["cik"] = sheet.data["issuer"]["cik"]
    return "issuer.cik"


# ---- owners


@breaks("OWN-001")
def nobody(sheet: Sheet) -> str | None:
    sheet.data["owners"] = []
    return "owners"


@breaks("OWN-002")
def the_same_person_twice(sheet: Sheet) -> str | None:
    owners = sheet.data["owners"]
    if len(owners) > 9:
        return None
    owners.append(dict(owners[0], cik=owners[0]["cik"].lstrip("0")))
    return f"owners[{len(owners) - 1}].cik"


@breaks("OWN-004")
def no_relationship(sheet: Sheet) -> str | None:
    if len(sheet.data["owners"]) > 1 or sheet.first(codes="ADFIM"):
        return None
    owner = sheet.data["owners"][0]
    owner.update(dict.fromkeys(_RELATIONSHIPS, False))
    for name in ("officer_title", "other_text"):
        owner.pop(name, None)
    return "owners[0]"


@breaks("OWN-005")
def officer_without_title(sheet: Sheet) -> str | None:
    if not sheet.get("owners[0].is_officer"):
        return None
    return sheet.drop("owners[0].officer_title")


@breaks("OWN-006")
def title_without_office(sheet: Sheet) -> str | None:
    owner = sheet.data["owners"][0]
    if owner.get("is_officer") or not owner.get("is_director") or owner.get("officer_title"):
        return None
    return sheet.set("owners[0].officer_title", "Chief Executive Officer")


@breaks("OWN-007")
def other_without_text(sheet: Sheet) -> str | None:
    owner = sheet.data["owners"][0]
    if owner.get("other_text"):
        return None
    owner["is_other"] = True
    return "owners[0].other_text"


@breaks("OWN-008")
def text_without_other(sheet: Sheet) -> str | None:
    owner = sheet.data["owners"][0]
    if owner.get("is_other") or owner.get("other_text"):
        return None
    return sheet.set("owners[0].other_text", "Former Chairman")


@breaks("OWN-009")
def reason_that_is_none(sheet: Sheet) -> str | None:
    owner = sheet.data["owners"][0]
    if owner.get("other_text"):
        return None
    owner["is_other"] = True
    return sheet.set("owners[0].other_text", "Other")


@breaks("OWN-010")
def see_remarks_that_are_not_there(sheet: Sheet) -> str | None:
    if not sheet.get("owners[0].is_officer") or sheet.data.get("remarks") or sheet.data.get("footnotes"):
        return None
    return sheet.set("owners[0].officer_title", "See Remarks")


@breaks("OWN-014")
def half_an_address(sheet: Sheet) -> str | None:
    address = sheet.data["owners"][0].get("address") or {}
    if sheet.edition or not all(address.get(part) for part in ("street1", "city", "zip")):
        return None
    return sheet.drop("owners[0].address.city")


@breaks("OWN-015")
def not_said_whether_abroad(sheet: Sheet) -> str | None:
    if sheet.edition or sheet.get("owners[0].address.non_us") is None:
        return None
    return sheet.drop("owners[0].address.non_us")


@breaks("OWN-016")
def abroad_without_a_country(sheet: Sheet) -> str | None:
    if sheet.get("owners[0].address.non_us") is not False:
        return None
    sheet.drop("owners[0].address.state")
    sheet.set("owners[0].address.non_us", True)
    return "owners[0].address.country"


@breaks("OWN-017")
def province_as_a_state(sheet: Sheet) -> str | None:
    if sheet.get("owners[0].address.non_us") is not False:
        return None
    return sheet.set("owners[0].address.state", "A6")


@breaks("OWN-018")
def zip_with_a_slash(sheet: Sheet) -> str | None:
    if not sheet.get("owners[0].address.zip"):
        return None
    return sheet.set("owners[0].address.zip", "9720/1")


# ---- signatures


@breaks("SIG-001")
def nobody_signs(sheet: Sheet) -> str | None:
    sheet.data["signatures"] = []
    return "signatures"


@breaks("SIG-002")
def to_be_signed(sheet: Sheet) -> str | None:
    return sheet.set("signatures[0].name", "/s/")


@breaks("SIG-003")
def no_mark_of_signature(sheet: Sheet) -> str | None:
    name = str(sheet.data["signatures"][0]["name"])
    if not name.lower().startswith("/s/"):
        return None
    return sheet.set("signatures[0].name", name[3:].strip())


@breaks("SIG-005")
def somebody_else_signs(sheet: Sheet) -> str | None:
    if len(sheet.data["signatures"]) > 1 or len(sheet.data["owners"]) > 1:
        return None
    return sheet.set("signatures[0].name", "/s/ Zebulon Q. Farthingale")


# ---- amendments and Form 3


@breaks("AMD-001")
def amendment_of_no_date(sheet: Sheet) -> str | None:
    return sheet.drop("date_of_original_submission") if sheet.amends else None


@breaks("AMD-001")
def original_with_a_date(sheet: Sheet) -> str | None:
    return None if sheet.amends else sheet.set("date_of_original_submission", sheet.data["period_of_report"])


@breaks("AMD-002")
def original_before_the_period(sheet: Sheet) -> str | None:
    return sheet.set("date_of_original_submission", "2003-01-02") if sheet.amends else None


@breaks("AMD-003", also="FTN-003")
def amendment_without_a_word(sheet: Sheet) -> str | None:
    if not sheet.amends:
        return None
    for note in sheet.data.get("footnotes", ()):
        note["text"] = "Held in a brokerage account."
    sheet.data.pop("remarks", None)
    return "remarks"


@breaks("F3-001", also="FTN-012 TXN-003 TXN-011 TXN-045 TXN-002 TXN-001 TXN-004")
def transaction_on_form_3(sheet: Sheet) -> str | None:
    row = sheet.first("non_derivative", kind="holding") if sheet.base == "3" else None
    if row:
        sheet.data["non_derivative"][0]["kind"] = "transaction"
        return "non_derivative[0]"
    return None


@breaks("F3-002")
def total_in_table_2_of_form_3(sheet: Sheet) -> str | None:
    row = sheet.first("derivative", kind="holding") if sheet.base == "3" else None
    return row and sheet.set(f"{row}.amount_owned_following", "100")


@breaks("F3-003")
def exit_box_on_form_3(sheet: Sheet) -> str | None:
    return sheet.set("not_subject_to_section16", True) if sheet.base == "3" else None


@breaks("F3-004", also="FTN-004")
def form_3_without_securities(sheet: Sheet) -> str | None:
    if sheet.base != "3" or sheet.data.get("footnotes"):
        return None
    sheet.data.pop("non_derivative", None)
    sheet.data.pop("derivative", None)
    sheet.data["no_securities_owned"] = True
    return "non_derivative"


@breaks("F3-005")
def holding_of_nothing(sheet: Sheet) -> str | None:
    row = sheet.first("non_derivative", kind="holding") if sheet.base == "3" else None
    return row and sheet.set(f"{row}.amount_owned_following", "0")


@breaks("DOC-001")
def form_in_small_letters(sheet: Sheet) -> str | None:
    return sheet.set("form", "4/a") if sheet.data["form"] == "4/A" else None


@breaks("DOC-010")
def nothing_reported(sheet: Sheet) -> str | None:
    if sheet.base != "4" or sheet.data.get("not_subject_to_section16") or sheet.data.get("footnotes"):
        return None
    sheet.data.pop("non_derivative", None)
    sheet.data.pop("derivative", None)
    return "non_derivative"


@breaks("DOC-008")
def title_of_31_letters(sheet: Sheet) -> str | None:
    if not sheet.get("owners[0].is_officer"):
        return None
    return sheet.set("owners[0].officer_title", "Executive Vice President, Sales")


@breaks("PLN-001")
def no_plan_box(sheet: Sheet) -> str | None:
    if sheet.base not in "45" or sheet.data.get("aff10b5_one") is None:
        return None
    return sheet.drop("aff10b5_one")


@breaks("PLN-002")
def plan_box_on_form_3(sheet: Sheet) -> str | None:
    return sheet.set("aff10b5_one", False) if sheet.base == "3" and not sheet.edition else None


# ---- what only a person can judge, as far as the words tell


@breaks("OWN-011")
def title_cut_in_a_word(sheet: Sheet) -> str | None:
    if not sheet.get("owners[0].is_officer"):
        return None
    return sheet.set("owners[0].officer_title", "EVP, Chief Human Resources Off")


@breaks("OWN-012")
def employee_as_an_officer(sheet: Sheet) -> str | None:
    if not sheet.get("owners[0].is_officer"):
        return None
    return sheet.set("owners[0].officer_title", "Employee")


@breaks("SIG-004")
def one_of_two_signs(sheet: Sheet) -> str | None:
    if sheet.edition or len(sheet.data["owners"]) != 2 or len(sheet.data["signatures"]) != 2:
        return None
    if any(word in str(sheet.data["signatures"]).lower() for word in ("attorney", "behalf", "each", " for ")):
        return None
    sheet.data["signatures"].pop(0)
    return "signatures"


@breaks("SIG-007")
def agent_of_whom(sheet: Sheet) -> str | None:
    if len(sheet.data["owners"]) < 2 or sheet.data.get("remarks"):
        return None
    return sheet.set("signatures[0].name", "/s/ Sam Roe, Attorney-in-Fact")


@breaks("SIG-008")
def fund_signs_by_its_name(sheet: Sheet) -> str | None:
    if len(sheet.data["owners"]) > 1 or len(sheet.data["signatures"]) > 1:
        return None
    sheet.data["owners"][0]["name"] = "Harbor Growth Fund, L.P."
    return sheet.set("signatures[0].name", "/s/ Harbor Growth Fund, L.P.")


@breaks("AMD-008")
def amendment_of_nothing(sheet: Sheet) -> str | None:
    if not sheet.amends or sheet.base == "3" or sheet.data.get("not_subject_to_section16"):
        return None
    sheet.data.pop("footnotes", None)
    sheet.data.pop("non_derivative", None)
    sheet.data.pop("derivative", None)
    return "non_derivative"


@breaks("DOC-017")
def curly_quotes(sheet: Sheet) -> str | None:
    if not sheet.data.get("footnotes") or sheet.edition:
        return None
    return sheet.set("footnotes[0].text", f"{sheet.data['footnotes'][0]['text']} “As amended.”")


@breaks("DOC-020")
def remarks_in_spanish(sheet: Sheet) -> str | None:
    return sheet.set(
        "remarks",
        "Las acciones fueron vendidas por el declarante para pagar los impuestos que se deben por la entrega de las"
        " acciones de la compañía, de acuerdo con el plan de incentivos de la empresa y sus condiciones.",
    )
