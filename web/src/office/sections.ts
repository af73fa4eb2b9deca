// What the office consists of, and who may open which part.
import { defineAsyncComponent, type Component } from 'vue'
import type { Permission, Session } from '../shared/types'

export interface Section { id: string; title: string; anyOf: Permission[]; page: Component }
export interface Group { id: string; sections: Section[]; links: { href: string; title: string; anyOf: Permission[] }[] }

const page = (load: () => Promise<Component>): Component => defineAsyncComponent(load)

const groups: Group[] = [
  {
    id: 'place', links: [], sections: [
      { id: 'park', title: 'office.park', anyOf: ['setUpPark'], page: page(() => import('./parks/ParkPage.vue')) },
      { id: 'sites', title: 'office.sites', anyOf: ['setUpPark'], page: page(() => import('./parks/SitesPage.vue')) },
      { id: 'gates', title: 'office.gates', anyOf: ['setUpPark'], page: page(() => import('./parks/GatesPage.vue')) },
      { id: 'windows', title: 'office.windows', anyOf: ['setUpPark'], page: page(() => import('./parks/WindowsPage.vue')) },
      { id: 'dictionaries', title: 'office.words', anyOf: ['setUpPark'], page: page(() => import('./settings/DictionariesPage.vue')) },
      { id: 'parameters', title: 'office.parameters', anyOf: ['setUpPark'], page: page(() => import('./settings/ParametersPage.vue')) },
    ],
  },
  {
    id: 'tickets', links: [], sections: [
      { id: 'types', title: 'office.types', anyOf: ['setUpPark'], page: page(() => import('./catalog/TypesPage.vue')) },
      { id: 'calendar', title: 'office.calendar', anyOf: ['setUpPark'], page: page(() => import('./calendar/CalendarPage.vue')) },
      { id: 'prices', title: 'office.prices', anyOf: ['setUpPark'], page: page(() => import('./prices/PricesPage.vue')) },
      { id: 'quotas', title: 'office.quotas', anyOf: ['setUpPark'], page: page(() => import('./quotas/QuotasPage.vue')) },
      { id: 'files', title: 'office.files', anyOf: ['setUpPark'], page: page(() => import('./files/FilePage.vue')) },
    ],
  },
  {
    id: 'people', links: [], sections: [
      { id: 'staff', title: 'office.staff', anyOf: ['manageStaff'], page: page(() => import('./staff/StaffPage.vue')) },
    ],
  },
  {
    id: 'days', sections: [
      { id: 'days', title: 'office.days', anyOf: ['closeDay', 'readReports'], page: page(() => import('./days/DaysPage.vue')) },
      { id: 'orders', title: 'office.orders', anyOf: ['readReports'], page: page(() => import('./orders/OrderCountsPage.vue')) },
      { id: 'waiting', title: 'office.waiting', anyOf: ['readReports'], page: page(() => import('./orders/WaitingPage.vue')) },
      { id: 'deliveries', title: 'office.deliveries', anyOf: ['readReports'], page: page(() => import('./orders/DeliveriesPage.vue')) },
      { id: 'origins', title: 'office.origins', anyOf: ['readReports'], page: page(() => import('./settings/OriginsPage.vue')) },
      { id: 'complimentary', title: 'office.gifts', anyOf: ['setUpPark', 'readReports'], page: page(() => import('./complimentary/ComplimentaryPage.vue')) },
      { id: 'vouchers', title: 'office.vouchers', anyOf: ['setUpPark', 'issueVouchers', 'readReports'], page: page(() => import('./vouchers/VouchersPage.vue')) },
      { id: 'stock', title: 'office.stock', anyOf: ['keepStock'], page: page(() => import('./stock/StockPage.vue')) },
      { id: 'shares', title: 'office.shares', anyOf: ['readReports'], page: page(() => import('./shares/SharesPage.vue')) },
      { id: 'returns', title: 'office.returns', anyOf: ['readReports'], page: page(() => import('./returns/ReturnsPage.vue')) },
      { id: 'exchanges', title: 'office.exchanges', anyOf: ['readReports'], page: page(() => import('./returns/ExchangesPage.vue')) },
      { id: 'day-returns', title: 'office.dayReturns', anyOf: ['approveReturn', 'readReports'], page: page(() => import('./returns/DayReturnsPage.vue')) },
      { id: 'owed', title: 'office.owed', anyOf: ['readReports'], page: page(() => import('./returns/OwedPage.vue')) },
      { id: 'agencies', title: 'office.agencies', anyOf: ['readReports'], page: page(() => import('./agencies/AgenciesPage.vue')) },
      { id: 'agency-accounts', title: 'office.accounts', anyOf: ['readReports'], page: page(() => import('./accounts/AccountsPage.vue')) },
      { id: 'bank-transfers', title: 'office.bank', anyOf: ['readReports'], page: page(() => import('./bank/BankPage.vue')) },
      { id: 'external', title: 'office.external', anyOf: ['readReports'], page: page(() => import('./external/ExternalPage.vue')) },
    ],
    links: [
      { href: '/report', title: 'office.nav.report', anyOf: ['readReports'] },
      { href: '/board', title: 'office.nav.board', anyOf: ['watch'] },
    ],
  },
  {
    id: 'system', links: [], sections: [
      { id: 'status', title: 'office.status', anyOf: ['readStatus'], page: page(() => import('./run/StatusPage.vue')) },
      { id: 'log', title: 'office.log', anyOf: ['readLog'], page: page(() => import('./run/LogPage.vue')) },
    ],
  },
  { id: 'account', sections: [], links: [{ href: '/login?next=/office#password', title: 'office.nav.password', anyOf: [] }] },
]

const opens = (anyOf: Permission[], mine: readonly Permission[]): boolean => anyOf.length === 0 || anyOf.some((one) => mine.includes(one))

/** The groups with only what this person may open; empty groups are left out. */
export function mySections(session: Session): Group[] {
  const mine = session.staff?.permissions ?? []
  return groups
    .map((group) => ({
      ...group,
      sections: group.sections.filter((section) => opens(section.anyOf, mine)),
      links: group.links.filter((link) => opens(link.anyOf, mine)),
    }))
    .filter((group) => group.sections.length + group.links.length > 0)
}

export const sectionOf = (id: string): Section | undefined => groups.flatMap((group) => group.sections).find((section) => section.id === id)
