/** The sidebar tab Connect Cases: a plugin of Node-RED's editor. */
import { text } from './text';

const id = 'connect-cases';

RED.plugins.registerPlugin(id, {
  type: id,
  onadd() {
    RED.sidebar.addTab({
      id,
      name: 'Connect Cases',
      label: 'Cases',
      iconClass: 'fa fa-briefcase',
      content: $('<div class="connect-cases-tab">').append($('<p>').text(text('empty')))[0],
      enableOnEdit: true,
    });
  },
});
