// Makes the picture of the README: a protected video that plays. Run it where the packages are installed.
//
//   MSC_EMULATOR=… MSC_CHROMIUM=… node screenshot.mjs FILE.webp
import { Dashboard, openBrowser } from './browser.mjs';
import { startEmulator } from './emulator.mjs';

const [file] = process.argv.slice(2);
const browser = await openBrowser();
const emulator = await startEmulator('--processing-time', '3s');
try {
  const dashboard = await Dashboard.open(browser, emulator.url, { width: 1280, height: 1060 });
  await dashboard.connected();
  await dashboard.press('Use the sample clip');
  await dashboard.see('Completed', '.upload-card');
  await dashboard.press('Play', '.upload-foot');
  await dashboard.page.waitForFunction(
    () => document.querySelector('.player-video')?.currentTime > 1.5,
  );
  await dashboard.page.screenshot({ path: file, type: 'webp', quality: 72 });
} finally {
  await browser.close();
  await emulator.stop();
}
