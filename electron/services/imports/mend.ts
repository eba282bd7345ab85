/**
 * What would mend a row that waits, in one sentence per reason.
 */
import type { QuarantineReason } from '@shared/domain/import';
import { assertNever } from '@shared/domain/outcome';
import { partsOfUnknownUnit } from '@shared/domain/units';

/** What a person can do; `subject` is the offending value. */
export function whatWouldMend(reason: QuarantineReason, subject: string): string {
  switch (reason) {
    case 'unknown_item':
      return `Map "${subject}" to an item, add it as a new one, or import the items or the ERP snapshot that has it, then replay.`;
    case 'unknown_location':
      return `Map "${subject}" to a location, add it as a new one, or import the ERP snapshot that has it, then replay.`;
    case 'missing_key':
      return 'Correct the row with the missing value, or ignore it with a reason.';
    case 'unreadable_number':
      return 'Correct the figure, or import the file again with the right number style.';
    case 'unreadable_date':
      return 'Correct the date, or import the file again with the right date style.';
    case 'duplicate_row':
      return 'Ignore it if it is the same thing twice; correct it if it stands for something else.';
    case 'negative_count':
      return 'Ask who counted, and correct the quantity.';
    case 'outside_period':
      return 'Import it into the period it belongs to, or correct the date.';
    case 'unknown_value':
      return 'Correct the value to one of those named.';
    case 'damaged_identifier':
      return 'Export the file again without opening it in a spreadsheet, or correct the identifier.';
    case 'wrong_shape':
      return 'Correct the row so that each value stands under its header, or ignore it with a reason.';
    case 'currency_mismatch':
      return 'Export the file in the currency of the workbook, or correct the row. Rows of a location that is kept in another currency belong to the period of that one: ignore them here.';
    case 'not_on_sheet':
      return 'Correct the sheet, line, item or location to what was issued, or ignore it with a reason and issue a sheet that has the line.';
    case 'unknown_unit': {
      const parts = partsOfUnknownUnit(subject);
      return parts
        ? `Say how many base units of ${parts.sku} are in one "${parts.unit}", or what the source means by "${parts.unit}".`
        : 'Say how many base units it holds.';
    }
    default:
      return assertNever(reason);
  }
}

/** What a mapping would have to name, where a mapping mends the reason. */
export const mappingFor = (reason: QuarantineReason): 'item' | 'location' | 'unit' | null =>
  reason === 'unknown_item' ? 'item' : reason === 'unknown_location' ? 'location' : reason === 'unknown_unit' ? 'unit' : null;
