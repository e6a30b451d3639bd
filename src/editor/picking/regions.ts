import { editDistance } from '../../model/text';

/** Regions of the service as known today with their cities; the list grows, so any other can be typed. */
const cities: Readonly<Record<string, string>> = {
  'us-east-1': 'N. Virginia',
  'us-west-2': 'Oregon',
  'ca-central-1': 'Montréal',
  'eu-central-1': 'Frankfurt',
  'eu-west-2': 'London',
  'ap-northeast-1': 'Tokyo',
  'ap-northeast-2': 'Seoul',
  'ap-southeast-1': 'Singapore',
  'ap-southeast-2': 'Sydney',
  'af-south-1': 'Cape Town',
};

/** What a picker offers: the region, and its city where other choices have their type. */
export const regionChoices = Object.entries(cities).map(([id, city]) => ({ id, name: id, type: city }));

/** Where a region is; empty for one that is not known. */
export const cityOf = (region: string): string => cities[region] ?? '';

/** The region that was probably meant by a text that is none: by its letters, or by its city. */
export function nearestRegion(text: string): string {
  const wanted = plain(text);
  const distances = Object.entries(cities).flatMap(([id, city]) =>
    [id, city].map((name) => ({ id, distance: editDistance(wanted, plain(name)) })),
  );
  return distances.reduce((best, next) => (next.distance < best.distance ? next : best)).id;
}

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');
