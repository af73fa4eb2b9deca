import type { Texts } from '../../shared/text'

export default {
  zh: {
    'print.simulation': '模拟票 无效',
    'print.again': '重打 {n}',
    'print.people': '{people} 人',
    'print.day': '游玩日',
    'print.hours': '入园时间',
    'print.slot': '时段',
    'print.sites': '景点',
    'print.visitors': '游客',
    'print.visitors.more': '{words} 等 {count} 人',
    'print.price': '票价',
    'print.given': '赠票',
    'print.order': '订单号',
  },
  en: {
    'print.simulation': 'SIMULATION · NOT VALID',
    'print.again': 'Reprint {n}',
    'print.people': 'People: {people}',
    'print.day': 'Visit',
    'print.hours': 'Entry',
    'print.slot': 'Time',
    'print.sites': 'Sites',
    'print.visitors': 'Visitor',
    'print.visitors.more': '{words}, {count} in all',
    'print.price': 'Price',
    'print.given': 'Complimentary',
    'print.order': 'Order',
  },
} satisfies Texts
