import './frame/element'
import { openDesk } from '../shared/desk'
import { seenByTwo } from './frame/secondPerson'
import Office from './Office.vue'
import texts from './texts'

seenByTwo()
void openDesk({
  page: Office, title: 'office.title', texts,
  permissions: ['setUpPark', 'manageStaff', 'readReports', 'closeDay', 'readLog', 'readStatus'],
})
