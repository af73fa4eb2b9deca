import type { Texts } from '../../shared/text'

export default {
  zh: {
    'visitors.title': '登记游客',
    'visitors.of': '第 {number} 位',
    'visitors.name': '姓名',
    'visitors.idNumber': '身份证号码',
    'visitors.height': '身高（厘米）',
    'visitors.proofs': '查验证件',
    'visitors.seen': '已看{proof}',
    'visitors.missing': '还有游客没有登记。',
    'visitors.kept': '姓名和号码加密保存，屏幕和票上只显示一部分。',
    'visitors.go': '登记完毕',
  },
  en: {
    'visitors.title': 'Visitors',
    'visitors.of': 'Visitor {number}',
    'visitors.name': 'Name',
    'visitors.idNumber': 'Identity number',
    'visitors.height': 'Height (cm)',
    'visitors.proofs': 'Documents seen',
    'visitors.seen': '{proof} seen',
    'visitors.missing': 'Not everybody is entered yet.',
    'visitors.kept': 'Names and numbers are kept protected; screens and tickets show a part of them.',
    'visitors.go': 'All entered',
  },
} satisfies Texts
