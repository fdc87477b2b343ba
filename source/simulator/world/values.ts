/** What a job backs up, which decides the kinds of its objects and the problems that they can meet. */
export type Workload = 'mail' | 'oneDrive' | 'sites' | 'teams' | 'all';
export type JobKind = 'Backup' | 'Copy';
export type SessionKind = 'Full' | 'Incremental';
export type SessionStatus = 'Stopped' | 'Running' | 'Success' | 'Failed' | 'Warning' | 'NotConfigured' | 'Disconnected' | 'Queued';
export type Bottleneck = 'NA' | 'Detecting' | 'Source' | 'Target';
export type ObjectStorageType = 'AzureBlob' | 'AmazonS3' | 'AmazonS3Compatible' | 'AmazonS3Glacier' | 'WasabiCloud';
