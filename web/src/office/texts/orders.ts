// Words of what became of orders.
import type { Pairs } from './pairs'

export const orders = {
  'office.orders': ['订单统计', 'Order statistics'],
  'office.orders.intro': ['订单的结果，按付款的营业日；没付款的按下单的营业日。', 'What became of orders, by the business day of payment; those never paid by the day on which they were placed.'],
  'office.orders.by': ['统计方式', 'Count by'],
  'office.orders.by.day': ['营业日', 'Day'],
  'office.orders.by.window': ['窗口', 'Window'],
  'office.orders.by.clerk': ['售票员', 'Clerk'],
  'office.orders.by.agency': ['旅行社', 'Agency'],
  'office.orders.orders': ['订单', 'Orders'],
  'office.orders.open': ['待付款', 'Waiting'],
  'office.orders.paid': ['已付款', 'Paid'],
  'office.orders.cancelled': ['已取消', 'Cancelled'],
  'office.orders.expired': ['已过期', 'Expired'],
  'office.orders.rebooked': ['改签而来', 'Rebooked'],
  'office.orders.people': ['人数', 'People'],
  'office.orders.paidFen': ['付款', 'Paid in'],
  'office.orders.refundedFen': ['至今退还', 'Refunded since'],
  'office.orders.sum': ['合计', 'Total'],
  'office.orders.none': ['这些日子没有订单', 'There are no orders on these days'],
  'office.orders.none.do': ['请换一段日期。', 'Choose other days.'],
} as const satisfies Pairs
