import type { Texts } from '../shared/text'

export default {
  zh: {
    'home.title': '首页',
    'home.welcome': '{name}，您好',
    'home.today': '营业日 {day}',
    'home.none': '您还没有可以打开的工作台。',
    'home.none.action': '请让管理员为您分配角色。',
    'home.counter': '卖票、收款、打印、退票、交班',
    'home.refund': '退票、改签、换票、待退款，不卖票',
    'home.gate': '扫码放行，看在园人数',
    'home.board': '客流与销售，实时',
    'home.report': '日报、日结、交款核对',
    'home.office': '景点、票种、窗口、通道、员工',
  },
  en: {
    'home.title': 'Home',
    'home.welcome': 'Welcome, {name}',
    'home.today': 'Business day {day}',
    'home.none': 'There is no desk that you may open yet.',
    'home.none.action': 'Ask an administrator to give you a role.',
    'home.counter': 'Sell, take payment, print, return, hand over',
    'home.refund': 'Return, rebook, exchange, pay what is owed; no sales',
    'home.gate': 'Scan and admit, people inside',
    'home.board': 'Visitors and sales, live',
    'home.report': 'Day report, day close, cash check',
    'home.office': 'Sites, ticket types, windows, lanes, staff',
  },
} satisfies Texts
