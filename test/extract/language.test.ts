import { describe, expect, test } from 'vitest'
import { detectLanguage } from '../../worker/extract/language.ts'

describe('English', () => {
  test.each([
    'The harbour board voted on Friday to close the old pier.',
    'Profit fell 12.7% to $28.8bn.',
    'Output rose 4.8 percent in May.',
    'Harbour shares drop 5%',
    'Ferry strike called off',
    'São Paulo and Zürich agree to twin their zoos',
    'Q1: 3.4%, Q2: 2.1%, Q3: 0.8%',
    "It's over."
  ])('%s', (text) => {
    expect(detectLanguage(text)).toBe('en')
  })

  test('tables and lists of numbers with a few words', () => {
    expect(
      detectLanguage('Home | Away | Score\nNorby | Oslo | 2-1\nBergen | Vik | 0-0\nAttendance: 4,200')
    ).toBe('en')
  })
})

describe('other languages', () => {
  test.each([
    ['de', 'Der Hafenrat hat am Freitag beschlossen, die alte Brücke nicht mehr zu öffnen.'],
    ['fr', 'Le conseil du port a décidé vendredi de fermer la vieille jetée, selon les pêcheurs.'],
    ['es', 'El consejo del puerto decidió el viernes cerrar el viejo muelle, según los pescadores.'],
    ['pt', 'O conselho do porto decidiu na sexta-feira fechar o velho cais, mas não disse quando.'],
    ['it', 'Il consiglio del porto ha deciso venerdì di chiudere il vecchio molo, ma non ha detto quando.'],
    ['nl', 'De havenraad heeft vrijdag besloten om het oude hoofd te sluiten, maar niet voor de zomer.'],
    ['sv', 'Hamnrådet har beslutat att stänga den gamla bryggan, men inte före sommaren.'],
    ['fi', 'Satamaneuvosto päätti, että vanha laituri suljetaan, mutta se ei ole vielä varmaa.'],
    ['pl', 'Rada portu zdecydowała w piątek, że stary pomost będzie zamknięty, ale nie od razu.'],
    ['tr', 'Liman kurulu cuma günü eski iskeleyi kapatmak için karar verdi ama bu yıl değil.'],
    ['id', 'Dewan pelabuhan memutuskan untuk menutup dermaga tua itu, tetapi tidak pada tahun ini.'],
    ['vi', 'Hội đồng cảng đã quyết định đóng cửa bến tàu cũ và không cho người dân vào.'],
    ['ru', 'Совет порта решил в пятницу закрыть старый причал, но не раньше лета, сказали рыбаки.'],
    ['uk', 'Рада порту вирішила закрити старий причал, але не раніше літа, її рішення остаточне.'],
    ['el', 'Το συμβούλιο του λιμανιού αποφάσισε να κλείσει την παλιά προβλήτα.'],
    ['ar', 'قرر مجلس الميناء إغلاق الرصيف القديم يوم الجمعة'],
    ['fa', 'شورای بندر تصمیم گرفت اسکله قدیمی را ببندد'],
    ['he', 'מועצת הנמל החליטה לסגור את המזח הישן'],
    ['hi', 'बंदरगाह परिषद ने पुराने घाट को बंद करने का फैसला किया'],
    ['zh', '港口委员会周五决定关闭旧码头'],
    ['ja', '港湾委員会は金曜日に古い桟橋を閉鎖することを決めた'],
    ['ko', '항만 위원회는 금요일에 낡은 부두를 폐쇄하기로 결정했다'],
    ['th', 'สภาท่าเรือตัดสินใจปิดท่าเรือเก่า']
  ])('%s', (language, text) => {
    expect(detectLanguage(text)).toBe(language)
  })

  test('a language that is not known is und, not English', () => {
    expect(
      detectLanguage(
        'Ibhodi yetheku inqume ngoLwesihlanu ukuvala ibhuloho elidala ngaphambi kwehlobo lonyaka ozayo'
      )
    ).toBe('und')
  })
})

test('no letters, no language', () => {
  for (const text of ['', '   ', '12.5 % / 2024-05-01', '…—!']) expect(detectLanguage(text)).toBeNull()
})

test('broken text throws nothing and costs no more than its start', () => {
  expect(() => detectLanguage('\ud800'.repeat(5000))).not.toThrow()
  for (let i = 0; i < 50; i += 1) detectLanguage("a'".repeat(200_000))
})
