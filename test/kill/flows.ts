import { demo } from '../../src/emulator';
import { countedFlow } from '../support/restartable';

/** Paced by the service alone. */
const domain = { rate: 200, burst: 200, store: 'disk' };

/** Comments that differ, to cases that there are. */
export const comments = (endpoint: string): object[] => countedFlow(endpoint, 'comment', { domain });

/** Alarms whose device is named: its case is found or opened, gets a comment, and a field is set. */
export const alarms = (endpoint: string): object[] => {
  const item = {
    match: [{ field: demo.fields.machine, value: 'device', valueType: 'msg' }],
    otherwise: 'create',
    templateId: demo.alarmTemplateId,
    title: 'device',
    titleType: 'msg',
    wires: [['comment']],
  };
  const onTab = { z: 'tab', x: 0, y: 0, domain: 'local-domain' };
  return [
    ...countedFlow(endpoint, 'find-or-create-case', { domain, item }).map((node) =>
      'scope' in node ? { ...node, scope: null } : node,
    ),
    {
      ...onTab,
      id: 'comment',
      type: 'connect-cases-comment',
      output: 'arn',
      repeat: 'keep',
      wires: [['update']],
    },
    {
      ...onTab,
      id: 'update',
      type: 'connect-cases-update-case',
      fieldsType: 'rows',
      rows: [{ id: demo.fields.notes, value: 'payload', valueType: 'msg' }],
      wires: [['record']],
    },
  ];
};
