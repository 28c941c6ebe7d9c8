import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { createBridge } from './bridge.ts';

contextBridge.exposeInMainWorld(
  'tidemark',
  createBridge(ipcRenderer, (file) => webUtils.getPathForFile(file as File)),
);
