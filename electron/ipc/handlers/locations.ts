/** Serves how locations close periods. */
import type { locationsContract } from '@shared/contract/locations';
import { locationBounds, setLocationBounds, setLocationTimeZone } from '../../services/location-bounds';
import { setLocationCurrency } from '../../services/location-currency';
import type { Handlers } from '../session';

export const locationHandlers: Handlers<typeof locationsContract> = {
  'locations:bounds': ({ workbook }, { periodId }) => locationBounds(workbook, periodId),
  'locations:setTimeZone': (context, change) => setLocationTimeZone(context, change),
  'locations:setCurrency': (context, change) => setLocationCurrency(context, change),
  'locations:setBounds': (context, change) => setLocationBounds(context, change),
};
