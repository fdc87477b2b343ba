/** A self-signed certificate for the loopback names; it and its key live in memory only. */
export async function makeCertificate(): Promise<{certificate: string; key: string}> {
	// Making a key takes time that nobody without TLS should wait for.
	const {generate} = await import('selfsigned');
	const made = await generate([{name: 'commonName', value: 'localhost'}], {
		keyType: 'ec',
		algorithm: 'sha256',
		extensions: [
			{name: 'basicConstraints', cA: true},
			{name: 'keyUsage', digitalSignature: true, keyCertSign: true},
			{name: 'extKeyUsage', serverAuth: true},
			{name: 'subjectAltName', altNames: [{type: 2, value: 'localhost'}, {type: 7, ip: '127.0.0.1'}, {type: 7, ip: '::1'}]},
		],
	});
	return {certificate: made.cert, key: made.private};
}
