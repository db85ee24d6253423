"""All codes of findings with their severity.

The text of a code is `finding.<code>` in the catalogue of words. Codes are part of the interface: they do not change.
"""

from __future__ import annotations

from typing import Literal

Severity = Literal["error", "warning", "notice"]
"""Only an error prevents storing; a warning is a notice that should be checked."""

_FILES = """
no_such_file cannot_read link device empty_file empty_folder unknown_file unknown_csv no_known_sheet nothing_to_read
encrypted_or_old truncated_workbook not_a_workbook archive_not_workbook broken_workbook xml_entities workbook_named_csv
text_too_large too_many_bytes too_many_rows too_many_columns too_many_members unpacks_too_large
bad_mapping no_table unknown_kind other_columns not_json no_record_tree
took_too_long too_much_memory too_deep reader_stopped folder_too_deep
no_letters too_many_letters not_a_calendar no_events too_many_events
account_needed member_needed unknown_account unknown_member bad_review
password other_ending not_parquet parquet_not_installed not_a_frame unknown_frame
nul_character unknown_encoding wrong_encoding ragged_row unclosed_quote broken_quote
"""
_HEADERS = "column_twice missing_column different_columns value_without_header"
_CELLS = """
missing_value cannot_be_emptied cell_too_long unknown_word unknown_word_near
not_a_number not_a_whole_number not_finite out_of_range
not_yes_or_no not_a_date not_iso_date ambiguous_date impossible_date day_number date_with_time future_contact
day_out_of_range invisible_character semicolon_in_id id_too_long spreadsheet_error formula_without_value long_number
not_a_cell_value inexact_number date_with_zone unstorable_character
"""
_RECORDS = """
duplicate_key dangling self_tie other_account account_changed loop quota_too_high ambiguous_name ambiguous_row ids_alike
"""
_WARNINGS = "same_name"
_NOTICES = """
unknown_sheet index_not_read unknown_column unknown_column_near hidden_sheet encoding_found delimiter_found merged_rows
other_subtype quota_unused odd_character blanks_around_ids blanks_around_names id_given ids_by_name ids_of_content
unmapped_value rows_left_out rows_combined first_kept
matched_by_address matched_by_name matched_by_review other_account_before to_review strangers_left_out
unknown_person unknown_colleague added_person added_colleague
left_out_automatic left_out_cancelled left_out_customers_only left_out_head_too_long left_out_later left_out_no_date
left_out_nobody left_out_nobody_on_the_map left_out_not_done left_out_not_understood left_out_not_yet
left_out_odd_address left_out_other_company left_out_too_many_occurrences left_out_too_many_parties
"""

CODES: dict[str, Severity] = {
    **dict.fromkeys(f"{_FILES} {_HEADERS} {_CELLS} {_RECORDS}".split(), "error"),
    **dict.fromkeys(_WARNINGS.split(), "warning"),
    **dict.fromkeys(_NOTICES.split(), "notice"),
}
