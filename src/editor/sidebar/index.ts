/** The sidebar tab Connect Cases: a plugin of Node-RED's editor. */
import { runCommands } from './commands';
import { linkNodes } from './links';
import { Tab } from './tab';

const id = 'connect-cases';

RED.plugins.registerPlugin(id, {
  type: id,
  onadd() {
    const tab = new Tab();
    RED.sidebar.addTab({
      id,
      name: 'Connect Cases',
      label: 'Cases',
      iconClass: 'fa fa-briefcase',
      content: tab.element,
      enableOnEdit: true,
    });
    runCommands(tab);
    linkNodes(tab, () => RED.sidebar.show(id));
  },
});
