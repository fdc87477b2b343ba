import {test, type TestContext} from 'node:test';
import {inspect} from 'node:util';
import {editedSecret, emptySecretField, enteredSecret, isEmptySecret, maskedPrompt, type SecretField} from '../../../../source/app/shared/state/secret-field.js';
import {withoutSecrets} from '../../../../source/model/secret.js';

const typed = (text: string, field = emptySecretField): SecretField => editedSecret(field, {type: 'insert', text});

test('a secret field is edited as a line of text, and drawn as stars', (t: TestContext) => {
	const field = editedSecret(editedSecret(typed('ab👩‍💻d'), {type: 'left'}), {type: 'left'});
	t.assert.deepStrictEqual(maskedPrompt(field), {text: '****', cursor: 2, before: ''});
	t.assert.strictEqual(enteredSecret(editedSecret(field, {type: 'delete-after'})).open(), 'abd');
	t.assert.strictEqual(enteredSecret(typed('X', field)).open(), 'abX👩‍💻d');
});

test('a field is empty until something was typed, and again once all was deleted', (t: TestContext) => {
	t.assert.ok(isEmptySecret(emptySecretField));
	t.assert.ok(!isEmptySecret(typed(' ')));
	t.assert.ok(isEmptySecret(editedSecret(typed('ab'), {type: 'delete-line'})));
});

test('what was typed can neither be printed nor written out', (t: TestContext) => {
	const field = typed('unter', typed('h'));
	for (const printed of [JSON.stringify(field), inspect(field, {depth: Infinity, showHidden: true, getters: true}), inspect(maskedPrompt(field))]) {
		t.assert.doesNotMatch(printed, /hunter/v);
	}
});

test('while it is typed its letters stay in what is written out, once it is entered the whole of it is taken out', (t: TestContext) => {
	const letters = [...'zq7'].map((_, index) => typed('zq7'.slice(0, index + 1)));
	t.assert.strictEqual(withoutSecrets('zigzag quiz zq7'), 'zigzag quiz zq7');
	const entered = enteredSecret(letters.at(-1)!);
	t.assert.strictEqual(withoutSecrets('zigzag quiz zq7'), 'zigzag quiz [hidden]');
	t.assert.strictEqual(entered.open(), 'zq7');
});
