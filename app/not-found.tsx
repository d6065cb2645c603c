export { NotFoundNotice as default } from '@/components/shell/notice';
