/**
 * The files of a small October whose lines ask something after they were explained.
 */
const ITEMS = `sku,name,barcode,category,uom,pack_size,tier,unit_cost,currency,kit_of
MUG,Mug,,Kitchen,each,1,A,4.125000,USD,
CUP,Cup,,Kitchen,each,1,A,2.000000,USD,
TEE,Tee,,Apparel,each,1,C,7.900000,USD,
HAT,Hat,,Apparel,each,1,C,6.000000,USD,`;
const SNAPSHOT = `system,sku,location,as_of,on_hand,available,committed,reserved,damaged,quarantined,in_transit,incoming,unit_cost,currency
erp,MUG,Dock,2026-10-31T23:59:00-07:00,50,,,,,,,,4.125000,USD
erp,CUP,Dock,2026-10-31T23:59:00-07:00,80,70,2,1,0,0,,,2.000000,USD
erp,TEE,Dock,2026-10-31T23:59:00-07:00,10,,,,,,,,7.900000,USD
erp,HAT,Dock,2026-10-31T23:59:00-07:00,100,,,,,,,,6.000000,USD`;
const COUNT = `sheet,line,sku,location,bin,count_no,counted,counted_at,counted_by,note
S-1,1,MUG,Dock,A-1,1,27,2026-10-31T12:00:00-07:00,Kim,
S-2,1,MUG,Dock,A-1,1,20,2026-10-31T12:10:00-07:00,Lee,
S-1,2,CUP,Dock,A-2,1,77,2026-10-31T12:05:00-07:00,Kim,
S-1,3,HAT,Dock,A-3,1,98,2026-10-31T12:06:00-07:00,Kim,`;
const TAGS = `sku,location,reason,owner,note,due
MUG,Dock,PHY-SHRINK,warehouse,Seen with Kim,
CUP,Dock,PHY-SHRINK,warehouse,,`;
const LATE = `system,type,document,line,sku,location,quantity,occurred_at,posted_at,reference,reason
warehouse,shipment,SO-1,1,MUG,Dock,1,2026-10-31T10:00:00-07:00,2026-10-31T10:05:00-07:00,,
erp,shipment,SO-1,1,MUG,Dock,1,2026-10-31T10:00:00-07:00,2026-11-01T08:00:00-08:00,,
warehouse,shipment,SO-2,1,CUP,Dock,1,2026-10-31T10:00:00-07:00,2026-10-31T10:05:00-07:00,,
erp,shipment,SO-2,1,CUP,Dock,1,2026-10-31T10:00:00-07:00,2026-11-01T08:00:00-08:00,,`;

/** The files by name, in the order in which they come. */
export const CASE_FILES = { 'items.csv': ITEMS, 'erp.csv': SNAPSHOT, 'count.csv': COUNT, 'tags.csv': TAGS, 'late.csv': LATE } as const;
