/** The shapes that the server and the screens exchange. Money is in fen, instants are UTC, days are yyyy-MM-dd. */
export type Role = 'administrator' | 'clerk' | 'gateGuard' | 'manager' | 'finance'
export type Permission =
  | 'setUpPark' | 'manageStaff' | 'sell' | 'approveReturn' | 'admit' | 'watch'
  | 'readReports' | 'closeDay' | 'readLog' | 'readStatus' | 'setClock'

export interface SessionStaff { id: string; login: string; name: string; roles: Role[]; permissions: Permission[]; mustChangePassword: boolean }
export interface Session {
  signedIn: boolean; setupNeeded: boolean; simulation: boolean; demo: boolean
  park: { name: string; timeZone: string } | null
  staff: SessionStaff | null
  serverTime: string; businessDay: string | null; version: string
}

export interface Park { name: string; nameEn: string; timeZone: string; cutOffHour: number; opensAt: string; closesAt: string; capacity: number; notice: string }
export interface Site { id: string; name: string; nameEn: string; capacity: number; active: boolean }
export interface Gate { id: string; siteId: string; name: string; nameEn: string; active: boolean }
export type Direction = 'in' | 'out' | 'both'
export interface Lane { id: string; gateId: string; number: number; name: string; direction: Direction; active: boolean; hasDeviceKey: boolean }
export type PrinterKind = 'browser80' | 'browserA4'
export type F3Action = 'drawer' | 'gate' | 'none'
export interface Window {
  id: string; siteId: string; number: number; name: string; f3Action: F3Action
  printer: { kind: PrinterKind; autoPrint: boolean }; active: boolean
}
export interface Staff { id: string; login: string; name: string; phone: string; roles: Role[]; active: boolean; mustChangePassword: boolean; lastSignInAt: string | null }

export type Tab = 'single' | 'group' | 'discount' | 'external' | 'member'
export type VisitorType = 'adult' | 'child' | 'student' | 'senior' | 'group' | 'any'
export type Proof = 'none' | 'idCard' | 'studentCard' | 'height'
export type DayKind = 'weekday' | 'weekend' | 'holiday' | 'workday'
export interface TicketType {
  id: string; code: string; name: string; nameEn: string; tab: Tab; visitorType: VisitorType; keySlot: number | null
  proof: Proof; heightLimitCm: number | null; minPeople: number; maxPeople: number; siteIds: string[]
  fromTime: string; toTime: string; weekdayFen: number; holidayFen: number; dailyQuota: number | null; attention: string; active: boolean
}
export interface TypeDay {
  day: string; weekday: number; dayKind: DayKind; holidayName: string | null; priceFen: number
  quota: number | null; sold: number; priceOverridden: boolean; quotaOverridden: boolean
}
export interface SheetType {
  id: string; code: string; name: string; nameEn: string; tab: Tab; visitorType: VisitorType; keySlot: number | null; proof: Proof
  heightLimitCm: number | null; minPeople: number; maxPeople: number; fromTime: string; toTime: string; attention: string
  unitFen: number; left: number | null
}
export interface PriceSheet { version: string; day: string; dayKind: DayKind; holidayName: string | null; onSale: boolean; types: SheetType[] }

export interface Shift {
  id: string; windowId: string; windowName: string; clerkId: string; clerkName: string; openedAt: string; closedAt: string | null
  businessDay: string; floatFen: number; state: 'open' | 'closed'; tickets: number; salesFen: number; cashFen: number; cardFen: number
  expectedFen: number | null; countedFen: number | null; overShortFen: number | null; reason: string | null
}
export type PaymentMethod = 'cash' | 'card'
export interface SalePayment { method: PaymentMethod; amountFen: number; tenderedFen: number; reference: string }
export interface SaleLine { typeId: string; quantity: number; people: number }
export interface Buyer { name: string; phone: string; idNumber: string }
export interface Sale {
  shiftId: string; visitDay: string; priceVersion: string; totalFen: number; lines: SaleLine[]
  payments: SalePayment[]; onOneTicket: boolean; buyer: Buyer | null
}
export type OrderState = 'ordered' | 'paid' | 'cancelled' | 'expired'
export type TicketState = 'valid' | 'used' | 'returned' | 'voided'
export interface Ticket {
  id: string; shortCode: string; qr: string; typeId: string; typeName: string; typeNameEn: string; people: number; used: number
  visitDay: string; fromTime: string; toTime: string; siteNames: string[]; priceFen: number; state: TicketState; printed: number
}
export interface OrderLine { typeId: string; typeName: string; typeNameEn: string; quantity: number; people: number; unitFen: number; totalFen: number }
export interface OrderPayment { method: PaymentMethod; amountFen: number; tenderedFen: number; changeFen: number; reference: string }
export interface Order {
  id: string; number: string; state: OrderState; windowId: string; windowName: string; clerkName: string; at: string; businessDay: string
  visitDay: string; totalFen: number; paidFen: number; refundedFen: number; changeFen: number; holdUntil: string | null
  lines: OrderLine[]; payments: OrderPayment[]; tickets: Ticket[]; buyer: Buyer | null
}
export interface OrderRow {
  orderId: string; number: string; typeName: string; typeNameEn: string; unitFen: number; quantity: number; totalFen: number
  operator: string; at: string; state: OrderState
}
export interface OrderPage { rows: OrderRow[]; totals: { quantity: number; totalFen: number }; total: number; page: number; pageCount: number }
export interface ReturnAnswer { order: Order; refundFen: number; refundMethod: PaymentMethod }

export interface AdmissionLane { laneId: string; laneNumber: number; laneName: string; direction: Direction; gateId: string; gateName: string; siteId: string; siteName: string }
export type RefusalReason =
  | 'unknownCode' | 'damagedCode' | 'foreignPark' | 'alteredCode' | 'alreadyUsed' | 'tooManyPeople' | 'wrongDay' | 'tooEarly'
  | 'tooLate' | 'wrongSite' | 'returned' | 'voided' | 'parkFull' | 'laneExitOnly' | 'dayClosed'
export interface Verdict {
  verdict: 'admitted' | 'refused'; reason: RefusalReason | null; text: string; action: string; typeName: string; typeNameEn: string
  visitorType: VisitorType; proof: Proof; attention: string; peopleAdmitted: number; peopleLeft: number; peopleTotal: number
  shortCode: string | null; at: string; inside: number
}

export interface Board {
  version: number; at: string; businessDay: string; simulation: boolean; parkName: string; inside: number; capacity: number
  entered: number; exited: number; refused: number; tickets: number; people: number; moneyFen: number; refundsFen: number
  gates: { id: string; name: string; entered: number; refused: number }[]
  windows: { id: string; name: string; clerk: string | null; tickets: number; fen: number }[]
  minutes: { minute: string; entered: number; tickets: number; fen: number }[]
  types: { id: string; name: string; sold: number; left: number | null }[]
}
export interface DayReport {
  day: string; state: DayState; park: string
  totals: { orders: number; tickets: number; people: number; salesFen: number; refundsFen: number; netFen: number; admitted: number; refused: number; exited: number }
  byType: { id: string; name: string; tickets: number; people: number; fen: number; returnedTickets: number; refundsFen: number; admitted: number }[]
  byWindow: { id: string; name: string; tickets: number; people: number; fen: number; refundsFen: number }[]
  byPayment: { method: PaymentMethod; fen: number; refundsFen: number; netFen: number }[]
  byHour: { hour: number; tickets: number; people: number; fen: number; admitted: number }[]
  byClerk: { id: string; name: string; tickets: number; fen: number }[]
  refusedByReason: { reason: RefusalReason; count: number }[]
}
export type DayState = 'open' | 'closing' | 'closed'
export interface DayRow { day: string; state: DayState; closedAt: string | null; closedBy: string | null }
export interface ClosingSheet {
  day: string; parkName: string; closedAt: string; closedBy: string
  totals: { orders: number; tickets: number; people: number; salesFen: number; refundsFen: number; netFen: number; admitted: number; exited: number }
  byType: { name: string; tickets: number; people: number; fen: number }[]
  byPayment: { method: PaymentMethod; fen: number; refundsFen: number; netFen: number }[]
  byShift: { windowName: string; clerkName: string; expectedFen: number; countedFen: number; overShortFen: number }[]
  ledger: { account: string; name: string; unit: 'fen' | 'piece'; balance: number }[]
  differenceFen: number; logHead: string; seal: string
}
export interface CalendarDay { day: string; kind: 'holiday' | 'workday'; name: string }
export interface Status {
  version: string; store: 'sqlite' | 'postgres'; dataFolder: string; startedAt: string; epoch: number
  checks: { name: 'disk' | 'clock' | 'backup' | 'database' | 'durability' | 'queue' | 'signingKey'; state: 'ok' | 'warn' | 'bad'; value: string; text: string; action: string }[]
}
export interface LogPage { rows: { lane: number | string; seq: number; at: string; kind: string; who: string; text: string }[]; page: number; pageCount: number; total: number }
