import type { Texts } from '../text'

/** Who a ticket is for, and what proves it. */
export default {
  zh: {
    'shared.visitor.adult': '成人',
    'shared.visitor.child': '儿童',
    'shared.visitor.student': '学生',
    'shared.visitor.senior': '老人',
    'shared.visitor.group': '团队',
    'shared.visitor.any': '不限',
    'shared.proof.none': '免证件',
    'shared.proof.idCard': '身份证',
    'shared.proof.studentCard': '学生证',
    'shared.proof.height': '量身高',
  },
  en: {
    'shared.visitor.adult': 'Adult',
    'shared.visitor.child': 'Child',
    'shared.visitor.student': 'Student',
    'shared.visitor.senior': 'Senior',
    'shared.visitor.group': 'Group',
    'shared.visitor.any': 'Anyone',
    'shared.proof.none': 'no proof',
    'shared.proof.idCard': 'ID card',
    'shared.proof.studentCard': 'student card',
    'shared.proof.height': 'height check',
  },
} satisfies Texts
