import { openDesk } from '../shared/desk'
import ReportPage from './ReportPage.vue'
import texts from './texts'

void openDesk({ page: ReportPage, title: 'report.title', texts, permissions: ['readReports'] })
