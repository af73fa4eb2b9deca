// Words of travel agencies: what they bought, and the statement of one.
import type { Pairs } from './pairs'

export const agencies = {
  'office.agencies': ['旅行社', 'Agencies'],
  'office.agencies.intro': ['以旅行社名义售出的订单，按付款的营业日算；点开一家看对账单。退款是到现在为止退回的，不管哪天退的。', 'Orders sold in the name of agencies, by the business day of payment; open one for its statement. Refunds are what went back until now, whichever day.'],
  'office.agencies.one': ['旅行社', 'Agency'],
  'office.agencies.paid': ['收款', 'Paid'],
  'office.agencies.refunded': ['退款', 'Refunded'],
  'office.agencies.net': ['净额', 'Net'],
  'office.agencies.open': ['打开{name}的对账单', 'Open the statement of {name}'],
  'office.agencies.none': ['这些日子没有旅行社的订单', 'No agency bought anything on these days'],
  'office.agencies.none.do': ['先在“字典”里新增旅行社，窗口在“登记购票人”里选它。协议价写在“价格规则”里。', 'Add agencies in the dictionary; windows choose one with the buyer. Prices by contract are price rules.'],
  'office.agencies.statement': ['{name} 对账单', 'Statement of {name}'],
  'office.agencies.sum': ['{orders} 单，{people} 人，净额 {net}', '{orders} orders, {people} people, net {net}'],
  'office.agencies.file': ['导出对账单（CSV）', 'Save the statement (CSV)'],
  'office.agencies.number': ['订单号', 'Order'],
  'office.agencies.visit': ['游览日', 'Visit'],
  'office.agencies.guide': ['导游', 'Guide'],
  'office.agencies.sold': ['所购', 'Sold'],
  'office.agencies.by': ['窗口与售票员', 'Window and clerk'],
} as const satisfies Pairs
