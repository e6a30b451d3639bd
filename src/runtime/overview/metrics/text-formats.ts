import { type DomainMetrics, type Family, families } from './families';

/** A text format that Prometheus reads. */
interface TextFormat {
  readonly contentType: string;
  /** The name of a family in what is said about it; a counter's samples are called by it and `_total`. */
  nameOf(family: Family): string;
  readonly end: string;
}

const openMetrics: TextFormat = {
  contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  nameOf: ({ name }) => name,
  end: '# EOF\n',
};

/** The format of before, which knows the end by the end. */
const prometheus: TextFormat = {
  contentType: 'text/plain; version=0.0.4; charset=utf-8',
  nameOf: (family) => sampleName(family),
  end: '',
};

const sampleName = ({ name, type }: Family): string => (type === 'counter' ? `${name}_total` : name);

/** The format for who asks with this `Accept` header. */
export const formatFor = (accept: string | undefined): TextFormat =>
  accept?.includes('application/openmetrics-text') ? openMetrics : prometheus;

/** The figures of all domain nodes as text. */
export function metricsText(domains: readonly DomainMetrics[], format: TextFormat): string {
  const lines = families.flatMap((family) => [
    `# HELP ${format.nameOf(family)} ${escaped(family.help)}`,
    `# TYPE ${format.nameOf(family)} ${family.type}`,
    ...domains.flatMap((domain) => {
      const { id, name } = domain.figures;
      return family
        .samples(domain)
        .map(
          ({ labels, value }) => `${sampleName(family)}${labelled({ domain: id, name, ...labels })} ${value}`,
        );
    }),
  ]);
  return `${lines.join('\n')}\n${format.end}`;
}

const labelled = (labels: Readonly<Record<string, string>>): string =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`)
    .join()}}`;

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
