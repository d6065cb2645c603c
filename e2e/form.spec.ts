import { expect, test } from './studio';

// What a designer enters: the prompt, the model and what it takes. What is sent is read upstream.

const models = {
  gpt2: 'turing/gpt-image-2',
  gpt1: 'turing/gpt-image-1',
  seedream: 'doubao-seedream-4-5-251128',
};

test.describe('the prompt', () => {
  test('counts characters as people do, says when there are too many, and grows with its text', async ({
    page,
    studio,
  }) => {
    await studio.prompt.fill('🦊🦊狐');
    await expect(page.getByText('3 / 32,000', { exact: true })).toBeVisible();
    await studio.prompt.fill('🦊'.repeat(32_001));
    await expect(page.getByText('32,001 / 32,000', { exact: true })).toBeVisible();
    await expect(studio.problem).toContainText(/at most 32,?000/);
    await studio.submit.click();
    await expect(studio.prompt).toBeFocused();
    await expect(studio.cards).toHaveCount(0);

    const height = async () => (await studio.prompt.boundingBox())?.height ?? 0;
    await studio.prompt.fill('one line');
    const low = await height();
    await studio.prompt.fill('a line\n'.repeat(7));
    const high = await height();
    expect(high).toBeGreaterThan(low);
    await studio.prompt.fill('a line\n'.repeat(200));
    expect(await height()).toBeGreaterThan(high);
    expect(await height()).toBeLessThan((page.viewportSize()?.height ?? 0) / 3);
  });

  test('walks earlier prompts by keys and by mouse, and comes back to the draft', async ({
    page,
    studio,
  }) => {
    for (const [index, text] of ['the oldest', 'the newest'].entries()) {
      await studio.run(text);
      await expect(studio.pictures).toHaveCount(index + 1);
    }
    await studio.prompt.fill('my draft');
    for (const [key, text] of [
      ['ArrowUp', 'the newest'],
      ['ArrowUp', 'the oldest'],
      ['ArrowUp', 'the oldest'],
      ['ArrowDown', 'the newest'],
      ['ArrowDown', 'my draft'],
      ['ArrowDown', 'my draft'],
    ] as const) {
      await studio.prompt.press(`Alt+${key}`);
      await expect(studio.prompt).toHaveValue(text);
    }
    await page.getByRole('button', { name: /^history/ }).click();
    const list = page.getByRole('dialog', { name: 'Earlier prompts' });
    await list.getByRole('button', { name: 'the oldest' }).click();
    await expect(list).toBeHidden();
    await expect(studio.prompt).toHaveValue('the oldest');
    await expect(studio.prompt).toBeFocused();
    // What the pick replaced is not lost.
    await studio.prompt.press('Alt+ArrowUp');
    await expect(studio.prompt).toHaveValue('my draft');
  });

  test('runs once for a key held down or a double click, and not for an input method’s Enter', async ({
    page,
    studio,
  }) => {
    await studio.prompt.fill('held key');
    await studio.prompt.dispatchEvent('keydown', {
      key: 'Enter',
      ctrlKey: true,
      isComposing: true,
      bubbles: true,
    });
    await page.keyboard.down('Control');
    for (let repeats = 0; repeats < 4; repeats++) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await page.keyboard.up('Control');
    await expect(studio.pictures).toHaveCount(1);
    await expect(studio.cards).toHaveCount(1);
    expect(studio.sent('held key')).toHaveLength(1);

    const again = studio.cards.getByRole('button', { name: 'Run again' });
    for (const [index, button] of [studio.submit, again.first()].entries()) {
      await button.focus();
      for (let repeats = 0; repeats < 4; repeats++) await page.keyboard.down('Enter');
      await page.keyboard.up('Enter');
      await expect(studio.pictures).toHaveCount(index + 2);
      await expect(studio.cards).toHaveCount(index + 2);
      expect(studio.sent('held key')).toHaveLength(index + 2);
    }

    await studio.prompt.fill('double click');
    await studio.submit.dblclick();
    await expect(studio.pictures).toHaveCount(4);
    await expect(studio.cards).toHaveCount(4);
  });
});

test('what is sent is what the screen shows, of one model after another', async ({
  page,
  studio,
}) => {
  const model = page.getByTestId('model');
  await studio.run('as it is');
  expect(await studio.asked('as it is')).toEqual({
    model: models.gpt2,
    prompt: 'as it is',
    n: 1,
    size: 'auto',
    quality: 'high',
    output_format: 'png',
    background: 'auto',
    moderation: 'auto',
  });

  await studio.choose('Size', '3:2');
  await studio.choose('Resolution', '2K');
  await expect(page.getByText('✓ 2160 × 1440 · 3.11 MP · 3:2')).toBeVisible();
  await studio.choose('Quality', 'low');
  await studio.choose('Format', 'JPEG');
  await page.getByRole('spinbutton', { name: 'Compression' }).fill('60');
  await studio.choose('Background', 'opaque');
  await page.getByText(/^More:/).click();
  await studio.choose('Moderation', 'low');
  await page.getByRole('textbox', { name: 'User ID' }).fill('designer-7');
  await page.getByTestId('count').fill('2');
  await studio.run('all changed');
  const changed = {
    model: models.gpt2,
    prompt: 'all changed',
    n: 2,
    size: '2160x1440',
    quality: 'low',
    output_format: 'jpeg',
    output_compression: 60,
    background: 'opaque',
    moderation: 'low',
    user: 'designer-7',
  };
  expect(await studio.asked('all changed')).toEqual(changed);

  // A size that the next model lacks becomes the nearest that it has, in view.
  await model.selectOption(models.gpt1);
  await expect(page.getByText('Size: 1536 × 1024 instead of 2160 × 1440')).toBeVisible();
  const said = page.getByRole('status').filter({ hasText: 'instead of' });
  await expect(said).toHaveText('Size: 1536 × 1024 instead of 2160 × 1440');
  await expect(page.getByText('✓ 1536 × 1024 · 1.57 MP · 3:2')).toBeVisible();
  await expect(page.getByRole('spinbutton', { name: 'Width' })).toHaveCount(0);
  await studio.choose('Size', '2:3');
  await studio.run('smaller model');
  expect(await studio.asked('smaller model')).toEqual({
    ...changed,
    model: models.gpt1,
    prompt: 'smaller model',
    size: '1024x1536',
  });

  await model.selectOption(models.seedream);
  await expect(page.getByText('Format: JPEG is not available with this model')).toBeVisible();
  for (const absent of ['Quality', 'Format', 'Background', 'Moderation']) {
    await expect(studio.group(absent)).toHaveCount(0);
  }
  for (const absent of ['Compression', 'User ID']) {
    await expect(page.getByLabel(absent)).toHaveCount(0);
  }
  await studio.run('bare batch');
  expect(await studio.asked('bare batch')).toEqual({
    model: models.seedream,
    prompt: 'bare batch',
    n: 2,
    size: expect.stringMatching(/^\d+x\d+$/),
  });
  await studio.choose('Batch mode', 'auto');
  await page.getByRole('spinbutton', { name: 'Maximum pictures' }).fill('3');
  await studio.choose('Size', '1:1');
  await studio.choose('Resolution', '4K');
  await studio.run('whole batch');
  expect(await studio.asked('whole batch')).toEqual({
    model: models.seedream,
    prompt: 'whole batch',
    n: 2,
    size: '4096x4096',
    sequential_image_generation: 'auto',
    sequential_image_generation_options: { max_images: 3 },
  });

  // Back at the first model, everything is as it was left there.
  await model.selectOption(models.gpt2);
  await studio.run('back again');
  expect(await studio.asked('back again')).toEqual({ ...changed, prompt: 'back again' });
});

test('choices that cannot stand together are settled in view, with the reason', async ({
  page,
  studio,
}) => {
  const compression = page.getByRole('spinbutton', { name: 'Compression' });
  await expect(compression).toHaveCount(0);
  await studio.choose('Format', 'JPEG');
  await compression.fill('50');
  await studio.choose('Background', 'transparent');
  await expect(studio.group('Format').getByLabel('PNG')).toBeChecked();
  await expect(
    page.getByText('Format was set to PNG, as Background transparent requires.'),
  ).toBeVisible();
  await expect(compression).toHaveCount(0);
  await studio.run('see through');
  const sent = (await studio.asked('see through')) as object;
  expect(sent).toMatchObject({ output_format: 'png', background: 'transparent' });
  expect(sent).not.toHaveProperty('output_compression');
  await studio.choose('Format', 'JPEG');
  await expect(studio.group('Background').getByLabel('auto')).toBeChecked();
  await expect(
    page.getByText('Background was set to auto: transparent cannot be combined with Format JPEG.'),
  ).toBeVisible();
  await expect(compression).toHaveValue('50');
  await compression.fill('101');
  await expect(studio.problem).toContainText('100');
  await expect(compression).toHaveAttribute('aria-invalid', 'true');
  await studio.submit.click();
  await expect(compression).toBeFocused();
  await expect(studio.cards).toHaveCount(1);
});

test('a resolution can be chosen from auto and from a size of one’s own; what each model can do is said', async ({
  page,
  studio,
}) => {
  await studio.choose('Size', 'auto');
  await studio.choose('Resolution', '2K');
  await expect(studio.group('Size').getByLabel('1:1')).toBeChecked();
  await expect(studio.group('Resolution').getByLabel('2K')).toBeChecked();
  await page.getByRole('spinbutton', { name: 'Width' }).fill('1600');
  await page.getByRole('spinbutton', { name: 'Height' }).fill('1008');
  await expect(studio.group('Resolution').locator(':checked')).toHaveCount(0);
  await studio.choose('Resolution', '1K');
  await expect(studio.group('Size').getByLabel('3:2')).toBeChecked();
  await studio.choose('Size', '21:9');
  await expect(page.getByText(/^✓ .* · 21:9$/)).toBeVisible();

  const model = page.getByTestId('model');
  await expect(model).toHaveAccessibleDescription(/any size up to 4K.*up to 10 pictures/);
  await expect(model).toHaveAccessibleDescription(/transparent/);
  await model.selectOption(models.seedream);
  await expect(model).toHaveAccessibleDescription(/batches of up to 10/);
  await expect(model).not.toHaveAccessibleDescription(/transparent/);
  await studio.choose('Size', '1:1');
  await studio.choose('Resolution', '1K');
  await expect(page.getByText(/may refuse sizes below 3,686,400 pixels/)).toBeVisible();
  await expect(page.getByText('⚠ 1024 × 1024')).toBeVisible();
  await page.getByRole('button', { name: 'Use 2048 × 2048' }).click();
  await expect(page.getByText('✓ 2048 × 2048')).toBeVisible();
  await expect(studio.problem).toHaveCount(0);
  // What cannot be chosen says why, on the page and to whoever does not see it.
  await studio.choose('Size', '3:2');
  await expect(page.getByText('3:2 comes in 2K, 4K only.')).toBeVisible();
  const level = studio.group('Resolution').getByLabel('1K');
  await expect(level).toBeDisabled();
  await expect(level).toHaveAccessibleDescription('3:2 comes in 2K, 4K only.');
  const fewer = page.getByRole('button', { name: 'One fewer' });
  await expect(fewer).toBeDisabled();
  await expect(fewer).toHaveAccessibleDescription('It is the fewest already');
  await expect(fewer).toHaveCSS('opacity', '0.4');
});

test('a size that is typed is judged in words, and the nearest legal one is a click away', async ({
  page,
  studio,
}) => {
  const width = page.getByRole('spinbutton', { name: 'Width' });
  await width.fill('1000');
  await expect(studio.problem).toContainText('Enter a width and a height');
  await page.getByRole('spinbutton', { name: 'Height' }).fill('1000');
  await expect(studio.problem).toContainText('multiples of 16');
  await expect(page.getByText('✗ 1000 × 1000 · 1.00 MP · 1:1')).toBeVisible();
  await studio.run('not like this');
  await expect(width).toBeFocused();
  await expect(studio.cards).toHaveCount(0);
  const offer = studio.problem.getByRole('button', { name: /^Use / }).first();
  const size = (await offer.textContent()) ?? '';
  await offer.click();
  await expect(studio.problem).toHaveCount(0);
  await expect(page.getByText(`✓ ${size} ·`)).toBeVisible();
  // The offer that had the focus is gone.
  await expect(page.locator('body')).not.toBeFocused();
  await studio.run('like this');
  expect(await studio.asked('like this')).toMatchObject({ size: size.replace(' × ', 'x') });
  for (const [across, down, words] of [
    ['3840', '3840', /8,294,400|Nearest/],
    ['160', '160', /655,360|Nearest/],
    ['3200', '320', /Nearest/],
  ] as const) {
    await width.fill(across);
    await page.getByRole('spinbutton', { name: 'Height' }).fill(down);
    await expect(studio.problem).toContainText(words);
    await expect(studio.problem.getByRole('button', { name: /^Use / }).first()).toBeVisible();
  }
});
