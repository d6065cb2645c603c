import { laterPart } from '../controls/later-part';

/** From this width on the settings stand beside the conversation. The page's classes use the same value. */
export const roomForSettings = '(width >= 1100px)';

/** The settings of the open conversation. */
export const Settings = laterPart(async () => (await import('./settings-panel')).SettingsPanel);
