import { catalog } from './texts/catalog'
import { facts } from './texts/facts'
import { files } from './texts/files'
import { frame } from './texts/frame'
import { parks } from './texts/parks'
import { textsOf } from './texts/pairs'
import { prices } from './texts/prices'
import { quotas } from './texts/quotas'
import { run } from './texts/run'
import { settings } from './texts/settings'
import { slots } from './texts/slots'
import { staff } from './texts/staff'

export default textsOf(frame, parks, staff, catalog, prices, quotas, slots, files, run, settings, facts)
