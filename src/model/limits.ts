/**
 * The limits of Amazon Connect Cases, each under the name of the shape of the service's model
 * (2022-10-03) that it comes from. Lengths are in characters (Unicode code points).
 */
import { integer, type NumberSchema, string } from './schema';

/** One label of a host name: nothing else can get into an address. */
export const Region = string({ min: 1, max: 63, pattern: { test: /^[a-z0-9-]+$/i, rule: 'region' } });
/**
 * How regions are called in the partitions that there are. For forms, which can only warn: a flow may name a region
 * of a partition that AWS has added since.
 */
export const RegionName = string({
  min: 1,
  max: 63,
  pattern: {
    test: /^(us|eu|ap|sa|ca|me|af|il|mx|cn|us-gov|us-iso[a-z]?|eu-isoe|eusc-de)-[a-z]+-\d{1,2}$/,
    rule: 'region',
  },
});
/** Where the service is, if not where AWS has it. */
export const Endpoint = string({
  min: 1,
  pattern: {
    test: /^https?:\/\/[^\s/]+\S*$/i,
    rule: 'format',
    example: 'https://vpce-1.cases.eu-central-1.vpce.amazonaws.com',
  },
});
/** The id or the ARN of something. */
const id = string({ min: 1, max: 500, role: 'id' });
export const DomainId = id;
export const CaseId = id;
export const TemplateId = id;
/** The longest text of a single-line field, as the title is one (administrator guide). */
export const CaseTitle = string({ min: 1, max: 500, role: 'text' });
/** ARN of a customer profile; a field of a case holds it. */
export const CustomerProfileArn = id;
export const FieldId = id;
export const ContactArn = id;
export const FileArn = id;
export const UserArn = id;
export const CustomEntity = string({
  min: 1,
  max: 500,
  pattern: { test: /^[a-zA-Z0-9_\-.@:/ ]*[a-zA-Z0-9_\-.@:/]$/, rule: 'entity' },
  sensitive: true,
});

/** Who an item is by. */
export const UserUnion = { userArn: UserArn, customEntity: CustomEntity } as const;

export const CommentBody = string({ min: 1, max: 15_000, role: 'text' });
export const CommentBodyTextType = string({ values: ['Text/Plain'] });

export const SlaName = string({
  min: 1,
  max: 500,
  // `.*[\S]` as the service reads it: without line ends, and only the six ASCII blanks are blanks.
  pattern: { test: /^[^\n\r\u0085\u2028\u2029]*[^ \t\n\v\f\r]$/, rule: 'endsInSpace' },
  role: 'text',
  sensitive: true,
});
export const SlaType = string({ values: ['CaseField'] });
/** Two years. */
export const TargetSlaMinutes = integer({ min: 1, max: 1_051_200 });
export const SlaFieldValueUnionList = { min: 1, max: 1 } as const;

export const CustomInputContentFieldsList = { min: 1, max: 50 } as const;
export const FieldValueUnionStringValueString = string({ min: 0, max: 4100, role: 'text' });

export const RelatedItemId = id;
export const RelatedItemArn = string({
  min: 1,
  max: 500,
  pattern: { test: /^arn:/, rule: 'format', example: 'arn:' },
});
export const DomainArn = RelatedItemArn;
/** Members of a page of SearchRelatedItems (`SearchRelatedItemsRequestMaxResultsInteger`). */
export const SearchRelatedItemsPage = { min: 1, max: 25 } as const;

/** A list of filters within a filter (`CaseFilterAndAllList`). */
export const CaseFilterAndAllList = { min: 0, max: 10 } as const;
/** Members of a page of SearchCases (`SearchCasesRequestMaxResultsInteger`). */
export const SearchCasesPage = { min: 1, max: 100 } as const;
export const SearchTerm = string({ min: 0, max: 255 });
/** Fields that one SearchCases reads (`SearchCasesRequestFieldsList`). */
export const SearchCasesFields = { min: 1, max: 25 } as const;
/** Fields that one GetCase reads (`GetCaseRequestFieldsList`). */
export const GetCaseFields = { min: 1, max: 220 } as const;
/** Fields that one UpdateCase sets (`UpdateCaseRequestFieldsList`). */
export const UpdateCaseFields = { min: 0, max: 220 } as const;

/** Bounds of what the case nodes let one set; our own, not the service's. */
export const caseNodes = {
  /** Seconds for which a found case is taken again. */
  remember: { kind: 'double', min: 0, max: 86_400 },
  /** Cases that one message may ask for. */
  limit: { kind: 'integer', min: 1, max: 10_000 },
} as const satisfies Record<string, NumberSchema>;

/** AWS STS, AssumeRole. */
export const RoleArn = string({ min: 20, max: 2048 });

const from = (min: number, max: number): NumberSchema => ({ kind: 'double', min, max });

/** Bounds of the delivery settings of a domain node; our own, not the service's. */
export const delivery = {
  rate: from(0.01, 100_000),
  burst: from(1, 100_000),
  maxWaiting: from(1, 10_000_000),
  deadlineSeconds: from(0, 31_536_000),
  timeoutSeconds: from(0.1, 300),
} as const;

/** What a delivery setting is where the domain node leaves it blank. */
export const deliveryDefaults = {
  burst: 10,
  maxWaiting: 10_000,
  deadlineSeconds: 0,
  timeoutSeconds: 10,
} as const;

/** How long an assumed role lasts; what the role itself allows may be less. */
export const roleDurationSeconds = from(900, 43_200);

/** How often a node may send the figures of its domain. */
export const reportSeconds = from(1, 86_400);
