/** The tables behind the catalogue: families of items with their variants, single items, bundles. */

const COLOURS = {
  BLU: 'blue', RED: 'red', GRN: 'green', WHT: 'white', BLK: 'black', SND: 'sand', HTH: 'heather', NVY: 'navy', RST: 'rust', OAT: 'oat',
};
const colours = (codes) => codes.split(' ').map((code) => [code, COLOURS[code]]);
const plain = (text) => text.split(' ').map((each) => [each, each]);
const named = (text) => text.split(', ').map((each) => each.split('='));

/**
 * Families: parent and SKU prefix, product name, category, pack size, tier, cost range in thousandths, the axes of
 * the variants and what makes a variant's name. The first two axes are the storefront's options.
 */
export const FAMILIES = [
  ['MUGS', 'MUG', 'Mug', 'Kitchen', 36, 'A', [3900, 4800],
    [['Color', colours('BLU RED GRN WHT BLK SND')], ['Size', named('11=11 oz, 15=15 oz')]]],
  ['TUMBLERS', 'TUM', 'Tumbler', 'Kitchen', 24, 'B', [5200, 6900],
    [['Color', colours('BLU GRN BLK OAT')], ['Size', named('12=12 oz, 20=20 oz')]]],
  ['BOWLS', 'BOWL', 'Stoneware bowl', 'Kitchen', 12, 'B', [4100, 7600],
    [['Color', colours('WHT SND NVY RST')], ['Size', named('S=small, M=medium, L=large')]]],
  ['PLATES', 'PLATE', 'Stoneware plate', 'Kitchen', 12, 'B', [3600, 6400],
    [['Color', colours('WHT SND NVY RST')], ['Size', named('8=8 in, 10=10 in')]]],
  ['TOWELS', 'TOWEL', 'Tea towel', 'Kitchen', 20, 'C', [1900, 2800],
    [['Print', named('FERN=fern, KELP=kelp, GULL=gull, OAK=oak, PLAIN=plain')]]],
  ['BOARDS', 'BOARD', 'Cutting board', 'Kitchen', 6, 'B', [8800, 15500],
    [['Wood', named('OAK=oak, WAL=walnut, MAP=maple')], ['Size', named('S=small, L=large')]]],
  ['APRONS', 'APRON', 'Apron', 'Kitchen', 10, 'C', [7400, 9200], [['Color', colours('BLU RST OAT BLK')]]],
  ['MITTS', 'MITT', 'Oven mitt', 'Kitchen', 20, 'C', [2900, 3600], [['Color', colours('BLU RST OAT BLK GRN')]]],
  ['CANISTERS', 'CAN', 'Canister', 'Kitchen', 8, 'C', [5600, 9900],
    [['Color', colours('WHT GRN BLK')], ['Size', named('1=1 qt, 2=2 qt')]]],
  ['TRIVETS', 'TRIVET', 'Cork trivet', 'Kitchen', 25, 'C', [1100, 1600],
    [['Shape', named('RND=round, SQR=square, LEAF=leaf')]]],
  ['SPOONS', 'SPOON', 'Wooden spoon', 'Kitchen', 50, 'C', [900, 1500],
    [['Wood', named('OLV=olive, BCH=beech, CHR=cherry')]]],
  ['GLASSES', 'GLASS', 'Drinking glass', 'Kitchen', 24, 'C', [1700, 2900],
    [['Color', named('CLR=clear, SMK=smoke, AMB=amber')], ['Size', named('S=small, L=large')]]],
  ['NAPKINS', 'NAPK', 'Linen napkin, set of 4', 'Kitchen', 15, 'C', [5400, 6600],
    [['Color', colours('BLU RST OAT WHT GRN')]]],
  ['CANDLES', 'CANDLE', 'Candle', 'Home', 12, 'A', [2300, 4900],
    [['Scent', named('CED=cedar, FIG=fig, SAGE=sage, RAIN=rain, PINE=pine, AMB=amber, LIN=linen')],
    ['Size', named('8=8 oz, 12=12 oz')]]],
  ['THROWS', 'THROW', 'Wool throw', 'Home', 6, 'A', [18500, 26400], [['Color', colours('BLU GRN OAT RST HTH')]]],
  ['CUSHIONS', 'CUSH', 'Cushion', 'Home', 8, 'B', [9800, 13500],
    [['Color', colours('BLU GRN OAT RST SND')], ['Size', named('16=16 in, 20=20 in')]]],
  ['VASES', 'VASE', 'Bud vase', 'Home', 12, 'C', [3800, 6200],
    [['Color', colours('WHT SND NVY GRN')], ['Size', named('S=small, T=tall')]]],
  ['FRAMES', 'FRAME', 'Picture frame', 'Home', 10, 'B', [4400, 8800],
    [['Wood', named('OAK=oak, WAL=walnut, BLK=black')], ['Size', named('57=5x7, 810=8x10, 1114=11x14')]]],
  ['DIFFUSERS', 'DIFF', 'Reed diffuser', 'Home', 12, 'C', [6100, 7700],
    [['Scent', named('CED=cedar, FIG=fig, SAGE=sage, RAIN=rain')]]],
  ['BASKETS', 'BASKET', 'Seagrass basket', 'Home', 4, 'C', [7900, 14200],
    [['Shape', named('RND=round, SQR=square')], ['Size', named('S=small, M=medium, L=large')]]],
  ['MATS', 'MAT', 'Door mat', 'Home', 5, 'C', [8600, 9900],
    [['Print', named('STRIPE=striped, WAVE=wave, PLAIN=plain')]]],
  ['HOOKS', 'HOOK', 'Wall hook', 'Home', 30, 'C', [1400, 2600],
    [['Finish', named('BRS=brass, BLK=black, OAK=oak')], ['Size', named('1=single, 3=rail of 3')]]],
  ['PILLOWS', 'PILLOW', 'Pillowcase, pair', 'Home', 12, 'C', [8900, 10900], [['Color', colours('WHT SND GRN')]]],
  ['SOAPS', 'SOAP', 'Bar soap', 'Home', 48, 'C', [1200, 1700],
    [['Scent', named('CED=cedar, SEA=sea salt, OAT=oat, MINT=mint')]]],
  ['TEES', 'TEE', 'T-shirt', 'Apparel', 24, 'A', [6400, 8200],
    [['Color', colours('BLK WHT NVY HTH')], ['Size', plain('S M L XL')]]],
  ['HOODIES', 'HOOD', 'Hoodie', 'Apparel', 12, 'A', [17900, 21500],
    [['Color', colours('BLK NVY')], ['Size', plain('S M L XL')]]],
  ['CREWS', 'CREW', 'Crew sweatshirt', 'Apparel', 12, 'B', [14800, 17600],
    [['Color', colours('OAT GRN RST')], ['Size', plain('S M L XL')]]],
  ['SOCKS', 'SOCK', 'Wool socks', 'Apparel', 20, 'B', [3700, 4600],
    [['Color', colours('BLU GRN RST HTH BLK')], ['Size', plain('M L')]]],
  ['BEANIES', 'BEANIE', 'Beanie', 'Apparel', 20, 'C', [5100, 5900], [['Color', colours('BLU GRN RST HTH BLK OAT')]]],
  ['CAPS', 'CAP', 'Canvas cap', 'Apparel', 20, 'C', [5600, 6400], [['Color', colours('NVY GRN SND BLK')]]],
  ['TOTES', 'TOTE', 'Tote bag', 'Apparel', 50, 'C', [4900, 6100],
    [['Print', named('FERN=fern, KELP=kelp, GULL=gull, PLAIN=plain')]]],
  ['SLIPPERS', 'SLIP', 'Felt slippers', 'Apparel', 10, 'B', [11200, 12900],
    [['Color', colours('HTH NVY RST')], ['Size', plain('S M L')]]],
  ['SCARVES', 'SCARF', 'Scarf', 'Apparel', 10, 'C', [8200, 9900], [['Color', colours('BLU RST HTH')]]],
  ['NOTEBOOKS', 'NOTE', 'Notebook', 'Stationery', 40, 'B', [1900, 3300],
    [['Ruling', named('DOT=dotted, LIN=lined, BLANK=blank')], ['Size', plain('A5 A6 B5')]]],
  ['PENS', 'PEN', 'Gel pen', 'Stationery', 60, 'C', [600, 950], [['Color', colours('BLU BLK RED GRN')]]],
  ['CARDS', 'CARD', 'Card set', 'Stationery', 30, 'C', [2100, 2900],
    [['Print', named('FERN=fern, KELP=kelp, GULL=gull, OAK=oak, MOON=moon, TIDE=tide, ROSE=rose')]]],
  ['PLANNERS', 'PLAN', 'Planner 2027', 'Stationery', 20, 'B', [5800, 7100],
    [['Color', colours('BLU GRN RST BLK')], ['Layout', named('W=weekly, D=daily')]]],
  ['WRAP', 'WRAP', 'Gift wrap', 'Stationery', 25, 'C', [1300, 1800],
    [['Print', named('FERN=fern, KELP=kelp, STAR=star, OAK=oak')]]],
  ['MAGNETS', 'MAG', 'Magnet', 'Stationery', 60, 'C', [700, 1100],
    [['Shape', named('PINE=pine, GULL=gull, BOAT=boat')]]],
  ['STICKERS', 'STICK', 'Sticker sheet', 'Stationery', 100, 'C', [400, 700],
    [['Print', named('FERN=fern, KELP=kelp, GULL=gull, MOON=moon, TIDE=tide')]]],
  ['TAPES', 'TAPE', 'Washi tape', 'Stationery', 72, 'C', [500, 800], [['Color', colours('BLU RED GRN SND')]]],
  ['PRINTS', 'PRINT', 'Art print', 'Stationery', 25, 'C', [2400, 3900],
    [['Print', named('HARBOR=harbor, PINE=pine, FOG=fog, LIGHT=lighthouse')], ['Size', named('A4=A4, A3=A3')]]],
];

/** Items whose identifiers programs like to spoil, and plain singles: parent, SKU, name, category, pack, tier, cost. */
export const SINGLES = [
  ['PRINTS', '12E4', 'Print, poster 12 x 4', 'Stationery', 25, 'C', 1900],
  ['NOTEBOOKS', '00417-A', 'Notebook A5, archive paper', 'Stationery', 40, 'B', 2055],
  ['CARDS', '4000010417283', 'Postcard box, 100 views', 'Stationery', 10, 'C', 6250],
  ['LAMPS', 'LAMP-DESK-1', 'Desk lamp', 'Home', 2, 'B', 24300],
  ['LAMPS', 'LAMP-TABLE-1', 'Table lamp', 'Home', 2, 'B', 31750],
  ['KETTLES', 'KETTLE-1', 'Stovetop kettle', 'Kitchen', 4, 'A', 19400],
  ['PRESSES', 'PRESS-8', 'Coffee press, 8 cup', 'Kitchen', 6, 'A', 12875],
  ['BLANKETS', 'BLANKET-PIC', 'Picnic blanket', 'Home', 6, 'B', 16200],
];

/** New in October: not in September's item list. */
export const NEW_IN_OCTOBER = [
  ['CANDLES', 'CANDLE-SPRUCE-12', 'Candle, spruce, 12 oz', 'Home', 12, 'B', 4450],
  ['CANDLES', 'CANDLE-CLOVE-12', 'Candle, clove, 12 oz', 'Home', 12, 'B', 4450],
  ['CARDS', 'CARD-WINTER', 'Card set, winter', 'Stationery', 30, 'C', 2600],
  ['WRAP', 'WRAP-WINTER', 'Gift wrap, winter', 'Stationery', 25, 'C', 1550],
  ['SOCKS', 'SOCK-WINTER-M', 'Wool socks, winter, M', 'Apparel', 20, 'B', 4700],
  ['ORNAMENTS', 'ORN-WOOD-6', 'Wooden ornaments, box of 6', 'Home', 24, 'C', 5150],
];

export const KITS = [
  ['GIFT-SET-1', 'Gift set, cedar morning', [['PRESS-8', 1], ['TOWEL-OAK', 2]]],
  ['GIFT-SET-2', 'Gift set, desk', [['00417-A', 1], ['PEN-BLK', 3]]],
  ['GIFT-SET-3', 'Gift set, quiet evening', [['CANDLE-SAGE-12', 1], ['SOAP-SEA', 2]]],
  ['GIFT-SET-4', 'Gift set, kitchen starter', [['BOARD-OAK-S', 1], ['SPOON-OLV', 2]]],
];
