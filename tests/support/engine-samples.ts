/**
 * The example at the heart of the domain, in plain files: a count of 48, a storefront of 52, an ERP of 50, two orders
 * that were picked and not yet posted. And lines beside it that show a late receipt, a transfer on the road and a shelf
 * that could not be counted.
 */
export const SAMPLE_ITEMS = `
sku,name,barcode,category,uom,pack_size,tier,unit_cost,currency,kit_of
MUG-BLU-11,"Mug, blue, 11 oz",0790123456785,Kitchen,each,36,A,4.125000,USD,
TEE-BLK-M,T-shirt black M,0790123400214,Apparel,each,24,A,7.900000,USD,
CANDLE-12,Candle 12 oz,0790123400986,Home,each,12,B,2.350000,USD,
BAG-TOTE,Tote bag,,Apparel,each,50,C,5.500000,USD,
GIFT-SET-1,Gift set,,Home,each,1,B,,USD,MUG-BLU-11*1;CANDLE-12*2`;

export const SAMPLE_SNAPSHOT = `
system,sku,location,as_of,on_hand,available,committed,reserved,damaged,quarantined,in_transit,incoming,unit_cost,currency
erp,MUG-BLU-11,Portland,2026-10-31T23:59:00-07:00,50,48,2,0,0,0,0,0,4.125000,USD
storefront,MUG-BLU-11,Portland,2026-10-31T22:00:00-07:00,,52,,,,,,,,
erp,TEE-BLK-M,Portland,2026-10-31T23:59:00-07:00,118,110,6,2,0,0,0,24,7.900000,USD
storefront,TEE-BLK-M,Portland,2026-10-31T22:00:00-07:00,,110,6,,,,,,,
erp,CANDLE-12,Reno,2026-10-31T23:59:00-07:00,144,144,0,0,0,0,12,0,2.350000,USD
erp,BAG-TOTE,Reno,2026-10-31T23:59:00-07:00,37,33,0,0,4,0,0,0,5.500000,USD`;

export const SAMPLE_COUNT = `
sheet,line,sku,location,bin,count_no,counted,counted_at,counted_by,note
S-0001,1,MUG-BLU-11,Portland,A-03,1,48,2026-10-31T22:30:00-07:00,count team 1,
S-0001,2,TEE-BLK-M,Portland,B-11,1,118,2026-10-31T22:36:00-07:00,count team 1,
S-0001,3,TEE-BLK-M,Portland,B-12,1,24,2026-10-31T22:37:00-07:00,count team 1,one case on the dock
S-0002,1,CANDLE-12,Reno,C-01,1,132,2026-10-31T22:31:00-07:00,count team 2,
S-0002,2,BAG-TOTE,Reno,C-02,1,,2026-10-31T22:40:00-07:00,count team 2,shelf blocked`;

const MOVEMENT_HEADER = 'system,type,document,line,sku,location,quantity,occurred_at,posted_at,reference,reason';

export const SAMPLE_MOVEMENTS = `
${MOVEMENT_HEADER}
storefront,order,SO-10481,1,MUG-BLU-11,Portland,1,2026-10-31T21:52:10-07:00,2026-10-31T22:03:41-07:00,,
storefront,order,SO-10482,1,MUG-BLU-11,Portland,1,2026-10-31T21:58:30-07:00,2026-10-31T22:04:02-07:00,,
erp,order,SO-10481,1,MUG-BLU-11,Portland,1,2026-10-31T21:52:10-07:00,2026-10-31T21:55:00-07:00,,
erp,order,SO-10482,1,MUG-BLU-11,Portland,1,2026-10-31T21:58:30-07:00,2026-10-31T22:01:00-07:00,,
storefront,refund,SO-10377,1,MUG-BLU-11,Portland,2,2026-10-30T11:20:00-07:00,2026-10-30T11:20:05-07:00,SO-10377,
erp,transfer_out,TO-2207,1,CANDLE-12,Portland,12,2026-10-31T15:10:00-07:00,2026-10-31T15:12:00-07:00,Reno,
erp,damage,DM-91,1,BAG-TOTE,Reno,4,2026-10-29T09:00:00-07:00,2026-10-29T09:04:00-07:00,,water
erp,receipt,PO-5512,1,TEE-BLK-M,Portland,24,2026-10-31T16:40:00-07:00,2026-11-02T08:15:00-08:00,,`;

/** The picks behind the two orders: seen by the warehouse before the count, posted by the ERP the day after the cut-off. */
export const SAMPLE_SHIPMENTS = `
${MOVEMENT_HEADER}
warehouse,shipment,SO-10481,1,MUG-BLU-11,Portland,1,2026-10-31T22:10:00-07:00,2026-10-31T22:12:00-07:00,SO-10481,
warehouse,shipment,SO-10482,1,MUG-BLU-11,Portland,1,2026-10-31T22:20:00-07:00,2026-10-31T22:21:00-07:00,SO-10482,
erp,shipment,SO-10481,1,MUG-BLU-11,Portland,1,2026-10-31T22:10:00-07:00,2026-11-01T08:05:00-08:00,SO-10481,
erp,shipment,SO-10482,1,MUG-BLU-11,Portland,1,2026-10-31T22:20:00-07:00,2026-11-01T08:06:00-08:00,SO-10482,`;
