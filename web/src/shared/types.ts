/*
 * Short names for what the server and the screens exchange. The shapes themselves are made from the API document
 * (generated/api.ts); none is written here a second time. Money is in fen, instants are UTC, days are yyyy-MM-dd.
 */
import type { components } from './generated/api'

type Schemas = components['schemas']

export type Role = Schemas['Role']
export type Permission = Schemas['Permission']
export type SessionStaff = Schemas['SessionStaff']
export type Session = Schemas['SessionAnswer']
export type Refused = Schemas['Problem']

export type Park = Schemas['ParkTerms']
export type Site = Schemas['SiteTerms']
export type Gate = Schemas['GateTerms']
export type Direction = Schemas['LaneDirection']
export type Lane = Schemas['LaneAnswer']
export type DeviceKeyAnswer = Schemas['DeviceKeyAnswer']
export type PrinterKind = Schemas['PrinterKind']
export type F3Action = Schemas['F3Action']
export type Window = Schemas['WindowAnswer']
export type Staff = Schemas['StaffAnswer']
export type StaffSaved = Schemas['SaveStaffAnswer']
export type PasswordReset = Schemas['ResetAnswer']

export type TicketType = Schemas['TicketTypeAnswer']
export type AdmissionTerms = Schemas['AdmissionTerms']
export type ValidityKind = Schemas['ValidityKind']
export type Tab = TicketType['tab']
export type VisitorType = TicketType['visitorType']
export type Proof = TicketType['proof']
export type DayKind = Schemas['DayKind']
export type TypeDay = Schemas['TypeDay']
export type TypeDayChange = Schemas['TypeDayRequest']
export type SheetType = Schemas['CatalogSheetType']
export type PriceSheet = Schemas['PriceSheet']
export type Quote = Schemas['QuoteAnswer']
export type PriceVersionLine = Schemas['PriceVersionLine']
export type PriceVersion = Schemas['PriceVersionAnswer']
export type PriceRules = Schemas['PriceRulesTerms']

export type CatalogFileAnswer = Schemas['CatalogFileAnswer']
export type CatalogChange = Schemas['CatalogChange']
export type FieldChange = Schemas['FieldChange']
export type CatalogHistory = Schemas['CatalogHistory']

export type Quota = Schemas['QuotaAnswer']
export type QuotaDay = Schemas['QuotaDay']
export type QuotaDaysChange = Schemas['QuotaDaysRequest']
export type QuotaWarning = Schemas['QuotaWarning']

export type Shift = Schemas['ShiftAnswer']
export type PaymentMethod = Schemas['PaymentMethod']
export type Sale = Schemas['SellTicketsRequest']
export type SaleLine = Schemas['SellTicketsLine']
export type SalePayment = Schemas['PaymentRequest']
export type Buyer = Schemas['BuyerRequest']
export type OrderState = Schemas['OrderState']
export type TicketState = Schemas['TicketState']
export type Ticket = Schemas['TicketAnswer']
export type OrderLine = Schemas['LineAnswer']
export type OrderPayment = Schemas['OrderPayment']
export type Order = Schemas['OrderAnswer']
export type OrderRow = Schemas['ListOrdersRow']
export type OrderPage = Schemas['ListOrdersAnswer']
export type ReturnAnswer = Schemas['ReturnTicketAnswer']

export type AdmissionLane = Schemas['ListLanesLaneAnswer']
/** Why a ticket does not open the gate; `none` says that it does and is not sent as a reason. */
export type RefusalReason = Exclude<Schemas['AdmissionRefusal'], 'none'>
export type Verdict = Schemas['VerdictAnswer']
export type ExitAnswer = Schemas['CountExitAnswer']

export type Board = Schemas['Board']
export type DayReport = Schemas['DayReport']
export type DayState = Schemas['DayState']
export type DayRow = Schemas['ReadDaysDayAnswer']
export type ClosingSheet = Schemas['ClosingSheet']
export type CalendarDay = Schemas['CalendarDay']
export type Status = Schemas['StatusDeskAnswer']
export type LogPage = Schemas['ReadLogAnswer']
