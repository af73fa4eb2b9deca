import './frame/element'
import { openDesk } from '../shared/desk'
import Office from './Office.vue'
import texts from './texts'

void openDesk({
  page: Office, title: 'office.title', texts,
  permissions: ['setUpPark', 'manageStaff', 'readReports', 'closeDay', 'readLog', 'readStatus'],
})
