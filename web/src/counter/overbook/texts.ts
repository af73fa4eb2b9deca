import type { Texts } from '../../shared/text'

export default {
  zh: {
    'overbook.title': '超售',
    'overbook.passes': '本单要超过这些限额：',
    'overbook.line': '{name}：本单 {asked} 人，余 {left}，超 {over} 人',
    'overbook.all': '本单共 {people} 人，游玩日 {day}。',
    'overbook.text': '超售须由另一位有“超售”权限的主管在此批准，日志写明是谁批准的。',
    'overbook.login': '主管登录名',
    'overbook.password': '主管密码',
    'overbook.fill': '请填写主管的登录名和密码。',
    'overbook.go': '批准超售，收款 {amount}',
    'overbook.go.unpaid': '批准超售，下单 {amount}',
  },
  en: {
    'overbook.title': 'Overbook',
    'overbook.passes': 'This sale passes these limits:',
    'overbook.line': '{name}: {asked} in this sale, {left} left, {over} too many',
    'overbook.all': 'People in this sale: {people}; visit on {day}.',
    'overbook.text': 'Another person with the permission “overbook” approves it here; the log says who did.',
    'overbook.login': 'Supervisor login',
    'overbook.password': 'Supervisor password',
    'overbook.fill': 'Fill in the supervisor’s login and password.',
    'overbook.go': 'Approve and take {amount}',
    'overbook.go.unpaid': 'Approve and order for {amount}',
  },
} satisfies Texts
