// Words of deliveries (送票): tickets that are sent to their buyer.
import type { Pairs } from './pairs'

export const deliveries = {
  'office.deliveries': ['送票', 'Deliveries'],
  'office.deliveries.intro': ['窗口在订单里登记送票、打印面单、记下每一步；这里看到哪一步了。', 'Windows ask for a delivery in the order, print its label and note each step; here is how far they are.'],
  'office.deliveries.state': ['进展', 'How far'],
  'office.deliveries.state.waiting': ['待发出', 'To be sent'],
  'office.deliveries.state.onItsWay': ['在途', 'On its way'],
  'office.deliveries.state.delivered': ['已签收', 'Arrived'],
  'office.deliveries.state.cameBack': ['已退回', 'Came back'],
  'office.deliveries.state.cancelled': ['已撤销', 'Cancelled'],
  'office.deliveries.way.express': ['快件', 'Express'],
  'office.deliveries.way.post': ['邮寄', 'Post'],
  'office.deliveries.way.home': ['送货上门', 'By hand'],
  'office.deliveries.order': ['订单', 'Order'],
  'office.deliveries.visit': ['游览日', 'Visit'],
  'office.deliveries.tickets': ['有效票 {n} 张', 'Valid tickets: {n}'],
  'office.deliveries.void': ['票都已退或已用，不必送了', 'Its tickets went back or were used; nothing is to be sent'],
  'office.deliveries.to': ['收件人', 'Receiver'],
  'office.deliveries.by': ['承运', 'Carried by'],
  'office.deliveries.last': ['最近一步', 'Last step'],
  'office.deliveries.none': ['没有这样的送票', 'No such delivery'],
  'office.deliveries.none.do': ['在窗口打开已付款的订单，按 D 登记送票。', 'Open a paid order at a window and press D to ask for one.'],
} as const satisfies Pairs
