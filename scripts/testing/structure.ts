/*
What the linter cannot see of source/, since it reads one file at a time: import circles, and names that two files export.
*/
import {globSync, readFileSync} from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Names that two files may export, with the reason. */
export const sharedNames: Readonly<Record<string, string>> = {
	v6: 'the version in each side of the wire: api/wire/ and simulator/wire/',
	v7: 'as v6',
	v8: 'as v6',
	update: 'the function of a layer that takes its messages, in each feature',
};

export type SourceFile = {
	/** Below source/, with slashes. */
	readonly path: string;
	/** What it imports, as written; `import type`, `import()` and `export from` count. */
	readonly imports: readonly string[];
	/** The names that it declares and exports. What it only hands on from another file is not among them. */
	readonly exports: readonly string[];
};

/** Reads the files of a folder. */
export function readSources(folder: string): readonly SourceFile[] {
	return globSync('**/*.{ts,tsx}', {cwd: folder})
		.filter(file => !file.endsWith('.d.ts'))
		.map(file => file.split(path.sep).join('/'))
		.toSorted()
		.map(file => parseSource(file, readFileSync(path.join(folder, file), 'utf8')));
}

/** The imports and exports of a file. */
export function parseSource(file: string, text: string): SourceFile {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	return {path: file, imports: importsOf(source), exports: exportsOf(source)};
}

function importsOf(source: ts.SourceFile): readonly string[] {
	const found = new Set<string>();
	const visit = (node: ts.Node): void => {
		const specifier = specifierOf(node);
		if (specifier && ts.isStringLiteralLike(specifier)) {
			found.add(specifier.text);
		}

		ts.forEachChild(node, visit);
	};

	visit(source);
	return [...found];
}

function specifierOf(node: ts.Node): ts.Node | undefined {
	if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
		return node.moduleSpecifier;
	}

	if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
		return node.argument.literal;
	}

	return ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined;
}

function exportsOf(source: ts.SourceFile): readonly string[] {
	const imported = new Set(source.statements.filter(statement => ts.isImportDeclaration(statement)).flatMap(statement => importedNames(statement)));
	const names = source.statements.flatMap(statement => {
		if (ts.isExportDeclaration(statement)) {
			const {moduleSpecifier, exportClause} = statement;
			return moduleSpecifier !== undefined || !exportClause || !ts.isNamedExports(exportClause)
				? []
				: exportClause.elements.filter(({name, propertyName = name}) => !imported.has(propertyName.text)).map(({name}) => name.text);
		}

		return hasModifier(statement, ts.SyntaxKind.ExportKeyword) && !hasModifier(statement, ts.SyntaxKind.DefaultKeyword) ? declaredNames(statement) : [];
	});
	return [...new Set(names)];
}

function importedNames({importClause}: ts.ImportDeclaration): readonly string[] {
	const bindings = importClause?.namedBindings;
	const named = bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({name}) => name.text) : [];
	return importClause?.name ? [importClause.name.text, ...named] : named;
}

const hasModifier = (statement: ts.Statement, kind: ts.SyntaxKind) =>
	ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some(modifier => modifier.kind === kind);

function declaredNames(statement: ts.Statement): readonly string[] {
	if (ts.isVariableStatement(statement)) {
		return statement.declarationList.declarations.flatMap(({name}) => boundNames(name));
	}

	const {name} = statement as ts.DeclarationStatement;
	return name && ts.isIdentifier(name) ? [name.text] : [];
}

function boundNames(name: ts.BindingName): readonly string[] {
	return ts.isIdentifier(name) ? [name.text] : name.elements.flatMap(element => ts.isOmittedExpression(element) ? [] : boundNames(element.name));
}

/** Whatever is wrong with the files, a message each. */
export function structureProblems(files: readonly SourceFile[]): readonly string[] {
	return [...circleProblems(files), ...nameProblems(files), ...packageProblems(files)];
}

function circleProblems(files: readonly SourceFile[]): readonly string[] {
	const paths = new Set(files.map(file => file.path));
	const imports = new Map(files.map(file => [file.path, file.imports.flatMap(specifier => targetOf(file.path, specifier, paths) ?? [])]));
	return circlesOf(imports).map(members => {
		const circle = shortestCircle(members, imports);
		const others = members.filter(member => !circle.includes(member));
		return `Import circle of ${members.length} files: ${[...circle, circle[0]].join(' -> ')}${others.length > 0 ? `; also ${others.join(', ')}` : ''}`;
	});
}

// The file that an import means; undefined for packages.
function targetOf(importer: string, specifier: string, paths: ReadonlySet<string>): string | undefined {
	if (!specifier.startsWith('.')) {
		return undefined;
	}

	const target = path.posix.join(path.posix.dirname(importer), specifier);
	const stem = target.replace(/\.[jt]sx?$/v, '');
	return [target, `${stem}.ts`, `${stem}.tsx`].find(candidate => paths.has(candidate));
}

type Imports = ReadonlyMap<string, readonly string[]>;

/** Groups of files each of which reaches all others of the group by imports: a file that imports itself, or two and more. */
function circlesOf(imports: Imports): ReadonlyArray<readonly string[]> {
	const reached = new Map([...imports.keys()].map(file => [file, reachableFrom(file, imports)]));
	const grouped = new Set<string>();
	const circles: Array<readonly string[]> = [];
	for (const [file, targets] of reached) {
		if (!targets.has(file) || grouped.has(file)) {
			continue;
		}

		const members = [...targets].filter(target => reached.get(target)!.has(file)).toSorted();
		circles.push(members);
		for (const member of members) {
			grouped.add(member);
		}
	}

	return circles;
}

function reachableFrom(start: string, imports: Imports): ReadonlySet<string> {
	const reached = new Set<string>();
	const waiting = [...imports.get(start) ?? []];
	for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
		if (reached.has(file)) {
			continue;
		}

		reached.add(file);
		waiting.push(...imports.get(file) ?? []);
	}

	return reached;
}

function shortestCircle(members: readonly string[], imports: Imports): readonly string[] {
	return members.map(member => shortestWayBack(member, imports)).toSorted((a, b) => a.length - b.length)[0] ?? [];
}

// Breadth first, so that the first way found is the shortest.
function shortestWayBack(start: string, imports: Imports): readonly string[] {
	const seen = new Set<string>();
	const isNew = (file: string) => {
		const wasSeen = seen.has(file);
		seen.add(file);
		return !wasSeen;
	};

	let ways: ReadonlyArray<readonly string[]> = [[start]];
	while (ways.length > 0) {
		const steps = ways.flatMap(way => (imports.get(way.at(-1)!) ?? []).map(target => ({way, target})));
		const last = steps.find(({target}) => target === start);
		if (last) {
			return last.way;
		}

		ways = steps.filter(({target}) => isNew(target)).map(({way, target}) => [...way, target]);
	}

	return [];
}

function nameProblems(files: readonly SourceFile[]): readonly string[] {
	const exported = files.flatMap(file => file.exports.map(name => ({name, file: file.path})));
	return [...Map.groupBy(exported, ({name}) => name)]
		.filter(([name, places]) => places.length > 1 && !Object.hasOwn(sharedNames, name))
		.map(([name, places]) => `${name} is exported by ${places.map(({file}) => file).join(' and ')}: rename one, or list it with a reason in scripts/testing/structure.ts`);
}

const packageRules: ReadonlyArray<{readonly isOf: (file: string) => boolean; readonly packages: readonly string[]; readonly reason: string}> = [
	{isOf: file => /^(?:app|ui)\/.*\.ts$/v.test(file), packages: ['react', 'ink'], reason: 'a .ts file of app/ and ui/ is pure, what draws is a .tsx file'},
	{isOf: file => file.startsWith('live/') && file !== 'live/use-polling.ts', packages: ['react', 'swr'], reason: 'in live/ only use-polling.ts knows React'},
];

function packageProblems(files: readonly SourceFile[]): readonly string[] {
	return files.flatMap(file => packageRules.filter(({isOf}) => isOf(file.path)).flatMap(({packages, reason}) => packages
		.filter(name => file.imports.some(specifier => specifier === name || specifier.startsWith(`${name}/`)))
		.map(name => `${file.path} imports ${name}: ${reason}`)));
}
