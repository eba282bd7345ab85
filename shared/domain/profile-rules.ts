/**
 * The words that profiles are written in: columns, rows that are no data, what a row tells.
 *
 * A header is named by its text, compared without regard to case and spaces. Every rule may carry a comment: a profile
 * is read by people.
 */
import { z } from 'zod';
import { NumberStyle, TARGET_FIELD_NAMES } from './import-fields';
import { MOVEMENT_TYPES } from './states';

const Field = z.enum(TARGET_FIELD_NAMES);
const Comment = z.string().optional();
/** Header texts, any of which names the column; an empty text is a column without a header. */
const Headers = z.array(z.string()).min(1);
/** Which of several columns with the same header, counted from 1. */
const Occurrence = z.int().min(1).default(1);

/** One column of the file. */
export const ColumnName = z.strictObject({ headers: Headers, occurrence: Occurrence });
export type ColumnName = z.infer<typeof ColumnName>;

export const ProfileColumn = z
  .strictObject({
    field: Field,
    headers: Headers,
    /** Header texts with a part that differs from file to file: `<any>`, or `<zone>`, the time zone of the column's dates. */
    headersLike: z.array(z.string().regex(/<(any|zone)>/)).default([]),
    occurrence: Occurrence,
    /** Which count the figure is of, for a row with a column for each count; it gives one count for each figure in it. */
    countNo: z.int().min(1).optional(),
    /** Further columns of the same field, */
    and: z.array(ColumnName).default([]),
    /**
     * and how they become one. `sum`: added up; `in_less_out`: the first less the second, whose sign makes no difference;
     * `divide`: the first by the second, half-even; `join`: filled texts with the separator between them;
     * `first_filled`: the first that the row fills; `first_present`: the first that the file has.
     */
    combine: z.enum(['sum', 'in_less_out', 'divide', 'join', 'first_filled', 'first_present']).optional(),
    separator: z.string().default(' '),
    /** Which part of the text counts; the whole text where there is no such part. */
    part: z.enum(['in_square_brackets', 'before_first_hyphen', 'after_first_hyphen']).optional(),
    /** What an empty cell says. */
    empty: z.enum(['unknown', 'zero']).default('unknown'),
    /** Texts that mean the same as an empty cell. */
    emptyTexts: z.array(z.string().min(1)).default([]),
    /** An empty cell means what was given at import for the whole file. Only for the location. */
    orGiven: z.boolean().default(false),
    numberStyle: NumberStyle.optional(),
    /** What happens to decimal places past those that are kept: the row is quarantined, or the figure rounded half-even. */
    excessPlaces: z.enum(['quarantine', 'round']).default('quarantine'),
    /** What a date without a time of day means. A position or a count needs one unless this says when it was. */
    dateMeans: z.enum(['start_of_day', 'end_of_day']).optional(),
    /** Records that the column belongs to, by name; all of them where none is named. */
    onlyFor: z.array(z.string().min(1)).default([]),
    comment: Comment,
  })
  .superRefine((column, check) => {
    if ((column.and.length > 0) !== (column.combine !== undefined)) {
      check.addIssue({ code: 'custom', path: ['combine'], message: 'further columns need a way to combine them, and only they do' });
    }
  });
export type ProfileColumn = z.infer<typeof ProfileColumn>;

/** What a cell must be. A column that the file does not have is empty. */
export const CellTest = z.strictObject({
  headers: Headers,
  occurrence: Occurrence,
  /** One of these texts, without regard to case, */
  is: z.array(z.string()).optional(),
  /** none of these, */
  isNot: z.array(z.string()).optional(),
  /** a text that begins so, */
  startsWith: z.array(z.string().min(1)).optional(),
  /** a text that holds this as a part between commas, */
  lists: z.string().min(1).optional(),
  /** nothing or something, */
  empty: z.boolean().optional(),
  /** a figure that is zero, or one that is below zero or not. */
  zero: z.literal(true).optional(),
  negative: z.boolean().optional(),
});
export type CellTest = z.infer<typeof CellTest>;

/** Why a row of a report is no data, beyond what every file can hold (empty rows, the header again). */
export const NO_DATA_REASONS = [
  'not_stocked', 'total_row', 'category_row', 'group_row', 'folder_row', 'parent_row', 'image_row', 'non_stock', 'not_tracked',
  'stock_of_parent', 'virtual_location', 'foreign_owned', 'template_note', 'opening_row', 'ruler', 'time_stamp', 'serial_row', 'no_change',
  'counterpart', 'other_event',
] as const;
export type NoDataReason = (typeof NO_DATA_REASONS)[number];

/** Rows that are no data: counted as ignored, by reason, never quarantined. The first rule that fits gives the reason. */
export const IgnoreRule = z.discriminatedUnion('rule', [
  /** Every quantity of the row is this text or empty: the location does not hold the item. */
  z.strictObject({ rule: z.literal('not_stocked'), text: z.string().min(1), comment: Comment }),
  /** The first filled cell starts with one of the texts, and the row lacks an item or a location: a total of a report. */
  z.strictObject({ rule: z.literal('total_row'), startsWith: z.array(z.string().min(1)).min(1), comment: Comment }),
  /** The same for the titles and signature lines of a form. */
  z.strictObject({ rule: z.literal('label_row'), startsWith: z.array(z.string().min(1)).min(1), comment: Comment }),
  /** Every one of the tests holds. */
  z.strictObject({ rule: z.literal('where'), reason: z.enum(NO_DATA_REASONS), tests: z.array(CellTest).min(1), comment: Comment }),
  /** Only one cell of the row is filled, and, where texts are given, it starts with one of them. */
  z.strictObject({
    rule: z.literal('lone_cell'), reason: z.enum(NO_DATA_REASONS), startsWith: z.array(z.string().min(1)).default([]), comment: Comment,
  }),
  /** The first filled cell ends with a count in brackets, and an item or a location is missing: the head of a group. */
  z.strictObject({ rule: z.literal('group_row'), comment: Comment }),
  /** Every filled cell consists of dashes: a line that was drawn. */
  z.strictObject({ rule: z.literal('ruler'), comment: Comment }),
  /** The first filled cell is what `<any>` stands for in one of the file's headers: a detail of the row above. */
  z.strictObject({ rule: z.literal('named_by_header'), reason: z.enum(NO_DATA_REASONS), headerLike: z.string().regex(/<any>/), comment: Comment }),
]);
export type IgnoreRule = z.infer<typeof IgnoreRule>;

/** Something that a row tells. A row of most files tells one thing; an order line may tell of its order and its shipment. */
export const ProfileRecord = z.strictObject({
  name: z.string().regex(/^[a-z_]+$/),
  /** When the row tells it: every test holds, */
  when: z.array(CellTest).default([]),
  /** and the quantity has this sign. */
  sign: z.enum(['positive', 'negative', 'zero']).optional(),
  /** What kind of movement it is. */
  type: z.enum(MOVEMENT_TYPES).optional(),
  /** without_sign: the type says the direction. */
  quantity: z.enum(['as_written', 'without_sign']).default('as_written'),
  /** Fields that such a record always has so, as they would be written in a cell. */
  set: z.partialRecord(Field, z.string()).default({}),
  /** Fields that the row fills and that are unknown all the same. */
  unknown: z.array(Field).default([]),
  /** Fields that take the as-of instant given at import. Where none was given, the record is not told. */
  atAsOf: z.array(Field).default([]),
  comment: Comment,
});
export type ProfileRecord = z.infer<typeof ProfileRecord>;

/** Cells that stand on the first row of a parent only and hold for the rows below it. */
export const CarriedDown = z
  .strictObject({
    columns: z.array(ColumnName).min(1),
    /** The rows of one parent agree in these cells, */
    within: z.array(ColumnName).default([]),
    /** or a new parent begins where this cell is filled. */
    startedBy: ColumnName.optional(),
    comment: Comment,
  })
  .refine((carried) => carried.within.length > 0 || carried.startedBy !== undefined, 'it must be said where a parent ends');
export type CarriedDown = z.infer<typeof CarriedDown>;
