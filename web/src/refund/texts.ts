import type { Texts } from '../shared/text'

export default {
  zh: {
    'refund.title': '退票窗口',
    'refund.intro': '找到订单：扫票，或填订单号、票码、手机号、证件号。打开后办退票、改签、换票、重打和待退款；这里不卖票。',
    'refund.keys': '订单里：F8 退票/作废 · F6 改签 · E 换票 · F7 重打 · O 付待退款 · N 备注',
    'refund.handOver': '交班',
  },
  en: {
    'refund.title': 'Refund window',
    'refund.intro': 'Find the order: scan a ticket, or type its number, ticket, phone or ID. Open it to return, rebook, exchange or reprint tickets, or to pay what is owed; nothing is sold here.',
    'refund.keys': 'In an order: F8 return or void · F6 rebook · E exchange · F7 reprint · O pay what is owed · N note',
    'refund.handOver': 'Hand over',
  },
} satisfies Texts
